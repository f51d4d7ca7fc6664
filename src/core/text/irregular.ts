/** Forms of irregular verbs: base, past, participle. */
const VERBS = `
give gave given|hold held held|lead led led|come came come|grow grew grown|rise rose risen|fall fell fallen|begin began begun|take took taken
run ran run|spend spent spent|build built built|bring brought brought|send sent sent|meet met met|make made made|draw drew drawn|speak spoke spoken
win won won|lose lost lost|pay paid paid|buy bought bought|sell sold sold|leave left left|go went gone|write wrote written|find found found|keep kept kept
bear bore borne|choose chose chosen|become became become|show showed shown|see saw seen|get got got|teach taught taught|shrink shrank shrunk
rebuild rebuilt rebuilt|undertake undertook undertaken|uphold upheld upheld|oversee oversaw overseen|set set set|put put put|cut cut cut|cost cost cost
lend lent lent|stand stood stood|say said said|tell told told|think thought thought|know knew known|lay laid laid|lie lay lain|sit sat sat|catch caught caught
fight fought fought|break broke broken|drive drove driven|ride rode ridden|eat ate eaten|read read read|feel felt felt|hear heard heard|mean meant meant
sing sang sung|strike struck struck|throw threw thrown|wear wore worn|steal stole stolen|seek sought sought|shut shut shut|hit hit hit|let let let
overtake overtook overtaken|withdraw withdrew withdrawn|forbid forbade forbidden|understand understood understood|hurt hurt hurt|burn burnt burnt|spread spread spread
feed fed fed|deal dealt dealt|freeze froze frozen|fly flew flown|swim swam swum|hang hung hung|hide hid hidden|dig dug dug|shoot shot shot
sink sank sunk|swear swore sworn|tear tore torn|wake woke woken|ring rang rung|sleep slept slept|arise arose arisen|bind bound bound|breed bred bred
`;

/** Base, past and participle of each irregular verb. */
const IRREGULAR_VERBS: readonly (readonly [string, string, string])[] = VERBS.trim()
  .split(/[|\n]/)
  .map((line) => line.trim().split(' ') as [string, string, string]);

const forms = new Map<string, string[]>();
for (const verb of IRREGULAR_VERBS) {
  for (const form of verb) {
    const others = verb.filter((other) => other !== form);
    if (others.length > 0) forms.set(form, [...new Set([...(forms.get(form) ?? []), ...others])]);
  }
}
const NONE: readonly string[] = [];

/** The other forms of an irregular verb that a stemmer cannot know: "spent" of "spend" and of "spending". Folded words; empty for others. */
export function irregularForms(word: string): readonly string[] {
  const own = forms.get(word);
  if (own) return own;
  if (word.endsWith('s')) return forms.get(word.slice(0, -1)) ?? NONE;
  if (!word.endsWith('ing')) return NONE;
  const stem = word.slice(0, -3);
  return forms.get(stem) ?? forms.get(`${stem}e`) ?? (stem.at(-1) === stem.at(-2) ? forms.get(stem.slice(0, -1)) : null) ?? NONE;
}
