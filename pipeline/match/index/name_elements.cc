#include "pipeline/match/index/name_elements.h"

#include <algorithm>
#include <utility>

#include "pipeline/match/index/text_keys.h"
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
  element.skeleton_key = SkeletonKey(element.skeleton);
  if (element.token != TokenDictionary::kNone) element.skeleton_class = dictionary.skeleton_class(element.token);
  else if (!element.skeleton.empty()) element.skeleton_class = dictionary.FindClass(element.skeleton);
  element.groups = NicknameGroups(element.text);
  return element;
}

}  // namespace

void MakeElements(const NameForm& form, bool may_be_cut, const TokenDictionary& dictionary,
                  std::vector<NameElement>& elements) {
  elements.clear();
  const std::size_t size = form.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (form.Counts(i)) elements.push_back(ElementOf(form, i, 1, dictionary));
  }
  if (may_be_cut && size > 0 && form.Counts(size - 1) && form.token(size - 1).size() >= 2) {
    elements.back().is_prefix = true;
  }
  for (std::size_t count = 2; count <= 3; ++count) {
    for (std::size_t i = 0; i + count <= size; ++i) elements.push_back(ElementOf(form, i, count, dictionary));
  }
}

}  // namespace landfall
