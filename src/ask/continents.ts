/** ISO 3166 codes by continent, after the geographic regions of the United Nations (M49). */
const CODES: Record<string, string> = {
  afri: 'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW',
  asia: 'AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  europ:
    'AD AL AT BA BE BG BY CH CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM UA VA XK',
};
const NAMED: [RegExp, string][] = [
  [/^africans?$|^africa$/, 'afri'],
  [/^asians?$|^asia$/, 'asia'],
  [/^europeans?$|^europe$/, 'europ'],
];
const sets = new Map<string, ReadonlySet<string>>();

/** The countries of the continent a folded word names ("african"); null for any other word. */
export function countriesOfContinent(word: string): ReadonlySet<string> | null {
  const key = NAMED.find(([pattern]) => pattern.test(word))?.[1];
  if (!key) return null;
  let found = sets.get(key);
  if (!found) {
    found = new Set((CODES[key] as string).split(' '));
    sets.set(key, found);
  }
  return found;
}
