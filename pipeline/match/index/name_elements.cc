#include "pipeline/match/index/name_elements.h"

#include <algorithm>
#include <utility>

#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"

namespace landfall {
namespace {

NameElement ElementOf(const NameForm& form, std::size_t first, std::size_t count, const TokenDictionary& dictionary) {
  NameElement element;
  element.text = form.Join(first, count);
  element.first = static_cast<std::uint32_t>(first);
  element.last = static_cast<std::uint32_t>(first + count - 1);
  element.letters = LettersOf(element.text);
  element.token = dictionary.Find(element.text);
  element.skeleton = SkeletonOf(element.text);
  element.skeleton_hash = SkeletonHash(element.skeleton);
  if (!element.skeleton.empty()) element.skeleton_class = dictionary.FindClass(element.skeleton);
  element.groups = NicknameGroups(element.text);
  return element;
}

}  // namespace

std::uint32_t SkeletonHash(std::string_view skeleton) {
  if (skeleton.empty()) return 0;
  return (static_cast<std::uint32_t>(HashText(skeleton, 2) >> 32) & ~1u) | 2u;
}

std::vector<NameElement> ElementsOf(const NameForm& form, bool may_be_cut, const TokenDictionary& dictionary) {
  std::vector<NameElement> elements;
  const std::size_t size = form.size();
  elements.reserve(size * 3);
  for (std::size_t i = 0; i < size; ++i) {
    if (form.Counts(i)) elements.push_back(ElementOf(form, i, 1, dictionary));
  }
  if (may_be_cut && size > 0 && form.Counts(size - 1) && form.token(size - 1).size() >= 2) {
    elements.back().is_prefix = true;
  }
  for (std::size_t count = 2; count <= 3; ++count) {
    for (std::size_t i = 0; i + count <= size; ++i) elements.push_back(ElementOf(form, i, count, dictionary));
  }
  return elements;
}

}  // namespace landfall
