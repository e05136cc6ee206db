#include "pipeline/match/latin.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>

namespace landfall {
namespace {

struct Letter {
  char32_t upper;
  const char* ascii;
};

// ICAO 9303 part 3 section 6, upper case, sorted. Letters that differ from an ASCII one by a mark alone are left to
// Unicode's decomposition. The hooked and open letters of Hausa and the Ghanaian languages are ours: it lacks them.
constexpr Letter kLetters[] = {
    {0x00C4, "AE"},  {0x00C5, "AA"},  {0x00C6, "AE"},   {0x00D0, "D"},   {0x00D6, "OE"},  {0x00D8, "OE"},
    {0x00DC, "UE"},  {0x00DE, "TH"},  {0x00DF, "SS"},   {0x0110, "D"},   {0x0126, "H"},   {0x0130, "I"},
    {0x0131, "I"},   {0x0132, "IJ"},  {0x0138, "Q"},    {0x013F, "L"},   {0x0141, "L"},   {0x0149, "N"},
    {0x014A, "N"},   {0x0152, "OE"},  {0x0166, "T"},    {0x017F, "S"},   {0x0181, "B"},   {0x0186, "O"},
    {0x0189, "D"},   {0x018A, "D"},   {0x018F, "E"},    {0x0190, "E"},   {0x0198, "K"},   {0x019F, "O"},
    {0x01B3, "Y"},   {0x0401, "E"},   {0x0402, "D"},    {0x0403, "G"},   {0x0404, "IE"},  {0x0405, "DZ"},
    {0x0406, "I"},   {0x0407, "I"},   {0x0408, "J"},    {0x0409, "LJ"},  {0x040A, "NJ"},  {0x040B, "C"},
    {0x040C, "K"},   {0x040E, "U"},   {0x040F, "DZ"},   {0x0410, "A"},   {0x0411, "B"},   {0x0412, "V"},
    {0x0413, "G"},   {0x0414, "D"},   {0x0415, "E"},    {0x0416, "ZH"},  {0x0417, "Z"},   {0x0418, "I"},
    {0x0419, "I"},   {0x041A, "K"},   {0x041B, "L"},    {0x041C, "M"},   {0x041D, "N"},   {0x041E, "O"},
    {0x041F, "P"},   {0x0420, "R"},   {0x0421, "S"},    {0x0422, "T"},   {0x0423, "U"},   {0x0424, "F"},
    {0x0425, "KH"},  {0x0426, "TS"},  {0x0427, "CH"},   {0x0428, "SH"},  {0x0429, "SHCH"},{0x042A, "IE"},
    {0x042B, "Y"},   {0x042C, ""},    {0x042D, "E"},    {0x042E, "IU"},  {0x042F, "IA"},  {0x0490, "G"},
    {0x0492, "G"},   {0x04BA, "C"},   {0x1E9E, "SS"},
};
static_assert(std::is_sorted(std::begin(kLetters), std::end(kLetters),
                             [](const Letter& a, const Letter& b) { return a.upper < b.upper; }));

// Apostrophes and the signs that transliteration writes for letters Latin lacks (hamza, ayn, the soft sign).
constexpr char32_t kApostrophes[] = {0x00B4, 0x02B9, 0x02BA, 0x02BB, 0x02BC, 0x02BD, 0x02BE,
                                     0x02BF, 0x02C8, 0x02CA, 0x02CB, 0x055A, 0x05F3, 0x2018,
                                     0x2019, 0x201B, 0x2032, 0x2035, 0xA78B, 0xA78C, 0xFF07};

const Letter* FindLetter(UChar32 upper) {
  const auto* const it = std::lower_bound(
      std::begin(kLetters), std::end(kLetters), static_cast<char32_t>(upper),
      [](const Letter& letter, char32_t code) { return letter.upper < code; });
  return it != std::end(kLetters) && it->upper == static_cast<char32_t>(upper) ? it : nullptr;
}

// What another spelling than ICAO's writes.
constexpr Letter kSlavicLetters[] = {{0x0413, "H"},  {0x0419, "Y"},  {0x0425, "H"}, {0x0426, "C"},
                                     {0x0429, "SHT"}, {0x042E, "YU"}, {0x042F, "YA"}};
constexpr char32_t kFirstGreek = 0x0370, kFirstBeyondCyrillic = 0x0530;

const char* FindLetter(UChar32 upper, Spelling spelling) {
  const auto code = static_cast<char32_t>(upper);
  if (spelling == Spelling::kSlavic) {
    for (const Letter& letter : kSlavicLetters) {
      if (letter.upper == code) return letter.ascii;
    }
  }
  if (spelling == Spelling::kPlain) {
    if (code == 0xC4 || code == 0xC5 || code == 0xD6 || code == 0xDC) return nullptr;  // Their marks are dropped.
    if (code >= kFirstGreek && code < kFirstBeyondCyrillic) return nullptr;
    if (code == 0xD8) return "O";
  }
  const Letter* const letter = FindLetter(upper);
  return letter == nullptr ? nullptr : letter->ascii;
}

bool IsApostrophe(UChar32 c) {
  return std::find(std::begin(kApostrophes), std::end(kApostrophes), static_cast<char32_t>(c)) !=
         std::end(kApostrophes);
}

bool IsMark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

// The ASCII of one character, if it has some without knowledge of its script.
bool AppendSimple(UChar32 c, Spelling spelling, icu::UnicodeString& out) {
  if (c < 0x80) {
    out += c;
    return true;
  }
  const UChar32 upper = u_toupper(c);
  if (upper < 0x80) {  // The dotless i.
    out += upper;
    return true;
  }
  if (const char* const letter = FindLetter(upper, spelling)) {
    out += icu::UnicodeString(letter, -1, US_INV);
    return true;
  }
  if (IsApostrophe(c)) {
    out += static_cast<UChar>('\'');
    return true;
  }
  if (u_charDigitValue(c) >= 0) {
    out += static_cast<UChar>('0' + u_charDigitValue(c));
    return true;
  }
  return false;
}

// A mark over a letter of the table stands decomposed: Ǿ is Ø and an acute.
bool AppendDecomposed(UChar32 c, Spelling spelling, const icu::Normalizer2& nfkd, icu::UnicodeString& out) {
  icu::UnicodeString parts;
  if (!nfkd.getDecomposition(u_toupper(c), parts)) return false;
  icu::UnicodeString ascii;
  for (std::int32_t i = 0; i < parts.length();) {
    const UChar32 part = parts.char32At(i);
    i += U16_LENGTH(part);
    if (!IsMark(part) && !AppendSimple(part, spelling, ascii)) return false;
  }
  out += ascii;
  return true;
}

// Turns what it can into ASCII. False if letters of other scripts were left as they were; with `last` none are.
bool Reduce(const icu::UnicodeString& text, Spelling spelling, bool last, icu::UnicodeString& out) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2& nfkd = *icu::Normalizer2::getNFKDInstance(error);
  bool complete = true;
  bool after_foreign = false;
  for (std::int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i += U16_LENGTH(c);
    const bool was_foreign = after_foreign;
    after_foreign = false;
    if (AppendSimple(c, spelling, out) || AppendDecomposed(c, spelling, nfkd, out)) continue;
    if (IsMark(c) && (last || !was_foreign)) continue;  // Vowel signs stay with the letters of their script.
    if (!last && (u_isalpha(c) || IsMark(c))) {
      out += c;
      complete = false;
      after_foreign = true;
    } else {
      out += static_cast<UChar>(' ');
    }
  }
  return complete;
}

// One for each thread: ICU promises no more. Null if ICU's data lack it.
const icu::Transliterator* AnyToLatin() {
  thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin", UTRANS_FORWARD, error));
    return U_SUCCESS(error) ? std::move(made) : nullptr;
  }();
  return transliterator.get();
}

}  // namespace

std::string ToAscii(std::string_view text, Spelling spelling) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2& nfc = *icu::Normalizer2::getNFCInstance(error);
  const icu::UnicodeString composed = nfc.normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))), error);
  icu::UnicodeString reduced;
  if (!Reduce(composed, spelling, false, reduced)) {
    if (const icu::Transliterator* to_latin = AnyToLatin()) to_latin->transliterate(reduced);
    const icu::UnicodeString latin = nfc.normalize(reduced, error);
    reduced.remove();
    Reduce(latin, spelling, true, reduced);
  }
  std::string ascii;
  reduced.toUpper(icu::Locale::getRoot()).toUTF8String(ascii);
  return ascii;
}

bool HasCyrillic(std::string_view text) {
  // U+0400 to U+052F begin with the bytes D0 to D4 in UTF-8; D4 goes on to Armenian, which only costs a look.
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xD0 && byte <= 0xD4;
  });
}

bool IsAscii(std::string_view text) {
  std::uint64_t high = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof(word));
    high |= word;
  }
  for (; i < text.size(); ++i) high |= static_cast<unsigned char>(text[i]);
  return (high & 0x8080808080808080u) == 0;
}

}  // namespace landfall
