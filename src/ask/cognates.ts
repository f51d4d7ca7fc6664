/** Endings that words of one Latin or Greek origin have in each language and in English; folded. */
const ENDINGS: Readonly<Record<string, readonly [RegExp, string][]>> = {
  fr: [
    [/ements?$/, 'ement'],
    [/ites?$/, 'ity'],
    [/tes?$/, 'ty'],
    [/iques?$/, 'ic'],
    [/iques?$/, 'ical'],
    [/aires?$/, 'ary'],
    [/eurs?$/, 'or'],
    [/eurs?$/, 'er'],
    [/euses?$/, 'ous'],
    [/eux$/, 'ous'],
    [/ies?$/, 'y'],
    [/ifs?$|ives?$/, 'ive'],
    [/elles?$|els?$/, 'al'],
    [/ales?$|aux$/, 'al'],
    [/ances?$/, 'ance'],
    [/ees?$|es?$|er$/, ''],
    [/ees?$|es?$|er$/, 'e'],
    [/ees?$|er$/, 'ed'],
    [/ier$|ie[es]*$/, 'y'],
    [/iser$|ise[es]*$/, 'ize'],
    [/s$/, ''],
  ],
  es: [
    [/ciones$|cion$/, 'tion'],
    [/siones$|sion$/, 'sion'],
    [/mientos?$/, 'ment'],
    [/dad(?:es)?$/, 'ty'],
    [/mente$/, 'ly'],
    [/ari[oa]s?$/, 'ary'],
    [/ic[oa]s?$/, 'ic'],
    [/ic[oa]s?$/, 'ical'],
    [/iv[oa]s?$/, 'ive'],
    [/os[oa]s?$/, 'ous'],
    [/encias?$/, 'ence'],
    [/ancias?$/, 'ance'],
    [/i[ao]s?$/, 'y'],
    [/ales$/, 'al'],
    [/[ai]d[oa]s?$/, 'ed'],
    [/[oae]s?$/, ''],
    [/[oa]s?$|es$/, 'e'],
    [/[aei]r$/, ''],
    [/[aei]r$/, 'e'],
    [/^es(?=[cpt])/, 's'],
    [/s$/, ''],
  ],
  de: [
    [/ionen$/, 'ion'],
    [/itat(?:en)?$/, 'ity'],
    [/isch(?:e[nmrs]?)?$/, 'ic'],
    [/isch(?:e[nmrs]?)?$/, 'ical'],
    [/ell(?:e[nmrs]?)?$/, 'al'],
    [/ale[nmrs]?$/, 'al'],
    [/ive[nmrs]?$|iv$/, 'ive'],
    [/ierte?n?$|iert$|ieren$/, 'ed'],
    [/ierte?n?$|iert$|ieren$/, 'ate'],
    [/ierte?n?$|iert$|ieren$/, 'e'],
    [/ierte?n?$|iert$|ieren$/, ''],
    [/ien?$/, 'y'],
    [/k(?=[aeiourlt])/g, 'c'],
    [/k$/, 'c'],
    [/z$/, 'ce'],
    [/e[nmrs]?$|s$/, ''],
  ],
};

/** Likely English forms of a folded word by its ending, the likeliest first; at most twelve, the word itself not among them. */
export function cognates(word: string, language: string): string[] {
  const found = new Set<string>();
  for (const [ending, english] of ENDINGS[language] ?? []) {
    const made = word.replace(ending, english);
    if (made !== word && made.length >= 3) found.add(made);
  }
  // German k and c at once: konvention, aktionen.
  if (language === 'de') for (const made of [...found]) if (made.startsWith('k')) found.add(`c${made.slice(1)}`);
  return [...found].slice(0, 12);
}
