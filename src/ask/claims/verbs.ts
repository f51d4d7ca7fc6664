import { IRREGULAR_VERBS } from '../../core/text/irregular.ts';

/** Verbs that reports use; only those whose third person ("hosts", "reports") has to be told from a plural. "!" marks those that are no nouns. */
const BASES = `
!accelerate !accept access !achieve !acquire !add address !adopt !advance !advise !affirm !agree aim !allocate !allow amount !announce appeal !appear !apply !appoint
!approve !argue !arrive ask !assess !assist !attend attack !attract !avoid award back !become !begin !belong benefit !borrow !bring !build !buy !calculate call care !carry
cause !celebrate centre center chair challenge change charge check claim close !co-host !collect !combine !commit compare !compile !complete !comprise
!concentrate concern !conclude !conduct !confirm !connect !consider !consist !contain !continue contract !contribute control !convene !cooperate !coordinate cost count
cover !create !criticise cure cut deal !decide !declare decline decrease !deepen !defend !deliver demand !deny !depend deploy design !destroy !develop !direct !discuss
!dismiss !dissolve !distribute double draft !draw !drive drop !earn !employ !enable !encourage end !enforce !enhance !enjoy !ensure !enter !eradicate !establish
!evaluate !examine !exceed exchange !exclude !expand !expect !explain !explore export !express !extend face !facilitate !fail fall favour fear !feel fight finance !find finish
!fit focus !follow force form !foster found fund !gain !get !give !go !govern grant !grow !guarantee guide !happen !have head hear !heat help hire !hold host !identify
!implement import !impose !improve !include increase !inform !initiate !inspect !install !intend !intensify !introduce !invest invite !involve issue !join !justify !keep
!know lack last launch lead !learn !leave !lend !let level !limit link list live load lodge look !lose love lower !maintain !make !manage mark !mean measure
!meet !merge !monitor move name need !negotiate note !obtain !occur offer open !operate oppose order !organize !organise !oversee !own !participate !pass pay !perform place plan
play !possess practise !prepare !present !preside press !prevent process !produce profit !prohibit project !promise !promote !propose !protect !prove !provide !publish
purchase !pursue !push !put !raise range rank rate !ratify reach !read !receive !recognize !recommend record recruit !reduce !refer !reflect reform !refuse !regard !register !regulate
!reject !relate !release !rely !remain !remove !renew rent repair !repeat !replace report !represent request !require rescue research reserve !resign !resolve result !retain return !reveal
review !revise rise !rule run !save !say !schedule school seat secure !see !seek !seem !select !sell !send !serve set !settle shape share show sign !solve !speak !specify !spend sponsor !stand
start state stay !stem stop store !strengthen !stress strike study submit !succeed suffer suggest supply support survey suspect !sustain !tackle !take talk target tax !teach !tell
test !thank !think train transfer !transform !translate transport !travel treat trust turn !uncover !undergo !undertake !underline !update !upgrade !uphold use value visit vote wait !want warn
!win !withdraw work !write !yield !monitor process look host !rebuild !reopen !tag land !curate tow !acquit !drive
`;

export interface VerbForm {
  base: string;
  form: 'base' | 'third' | 'past' | 'participle' | 'both' | 'ing';
  /** No noun is written like it. */
  sure: boolean;
}

const forms = new Map<string, VerbForm>();
for (const entry of BASES.trim().split(/\s+/)) {
  const sure = entry.startsWith('!');
  const base = sure ? entry.slice(1) : entry;
  const add = (word: string, form: VerbForm['form']) => {
    if (!forms.has(word)) forms.set(word, { base, form, sure });
  };
  add(base, 'base');
  add(/(?:[sxz]|ch|sh|o)$/.test(base) ? `${base}es` : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}ies` : `${base}s`, 'third');
  add(base.endsWith('e') ? `${base.slice(0, -1)}ing` : `${base}ing`, 'ing');
  add(`${base}${base.at(-1)}ing`, 'ing');
}
for (const [base, past, participle] of IRREGULAR_VERBS) {
  forms.set(past, { base, form: past === participle ? 'both' : 'past', sure: true });
  if (past !== participle) forms.set(participle, { base, form: 'participle', sure: true });
  if (!forms.has(base)) forms.set(base, { base, form: 'base', sure: false });
  if (!forms.has(`${base}s`)) forms.set(`${base}s`, { base, form: 'third', sure: false });
}

/** Words in -ed that are no verbs. */
const NO_VERBS =
  /^(?:hundred|need|speed|indeed|seed|feed|deed|breed|red|bed|shed|weed|heed|reed|sled|bleed|united|exceed|succeed|proceed|limited|interested|aged|sacred|naked|wicked|hundred|fixed-term|unfilled|unemployed|human-centered|so-called)$/;

/** What form of which verb a folded word is, or null. Past forms in -ed are told by their ending, others by a list. */
export function baseForm(word: string): VerbForm | null {
  const found = forms.get(word);
  if (found) return found;
  if (word.length > 3 && word.endsWith('ed') && !NO_VERBS.test(word) && !/^un/.test(word))
    return { base: word.replace(/i?ed$/, ''), form: 'both', sure: true };
  return null;
}
