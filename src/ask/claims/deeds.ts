import type { Clause } from './clauses.ts';
import type { Link, Piece } from './evidence.ts';
import { type Answer, anyMeets, clauses, EXACT, meets, receives, type Scene, same } from './parties.ts';
import type { Item, Reading } from './reading.ts';
import { baseForm } from './verbs.ts';

/** What the sources tell by the verb of one clause of the claim. */
export interface Verdict {
  clause: Clause;
  /** Deeds of theirs with the same parties, with others, and such that do not tell. */
  agree: number;
  conflict: number;
  stray: number;
  unknown: number;
  /** Whether a word like the verb, that is no verb there, stands with its parties. */
  nominal: number;
  links: number;
  /** Greatest share of the clause's words that one sentence carries, with what its pronouns may mean. */
  together: number;
}

/** Who gives and who gets are told from either end. */
export const GETS = /^(?:receiv|get|obtain|benefit|profit|gain|have|borrow)/;
/** Verbs that say little by themselves: only the very word tells. */
export const LIGHT =
  /^(?:t[ao]ke?n?|takes|took|make|makes|made|ha[sd]|have|goe?s?|went|comes?|came|g[oe]t|gets|see|sees|saw|seen|become|becomes|became|includ|remain|stands?|stood|bring|brought|brings|led$)/;
/** Verbs whose subject and object change places in other words, or that only lead to another verb. */
const LOOSE = /^(?:mean|meant|date|need|benefi|aim|plan|want|wish|intend|expect|try|tri|cost|confirm|includ|cover)/;
/** Deeds that are told by their own word or not at all. */
export const PLAIN =
  /^(?:found(?:s|ed)?|teach(?:es)?|taught|host(?:s|ed)?|buil[dt]s?|own(?:s|ed)?|employ(?:s|ed)?|regulat(?:es|ed)?|ratif(?:y|ies|ied)|buys?|bought|sells?|sold|wins?|won|los(?:es|t)|invent(?:s|ed)?|celebrat(?:es|ed)?|publish(?:es|ed)?|visit(?:s|ed)?)$/;
export const DITRANSITIVE = /^(?:give|gave|given|grant|lend|lent|alloc|award|offer|pay|paid|provid|promis|send|sent|hand|show)/;

/** A synonym is another deed more often than the same one as a noun. */
const synonym = (link: Link) => link.match > 0.86 && link.match < EXACT;

/** "The Government gave €85 million, the European Union €32 million": a value right after another name. */
export function gapping(claim: Reading, clause: Clause, piece: Piece): boolean {
  const figures = clause.complement.filter((i) => (claim.items[i] as Item).figure !== null);
  return figures.some((figure) =>
    (piece.links[figure] as Link[]).some(({ at }) =>
      clause.head.some((i) =>
        (piece.links[i] as Link[]).some((link) => {
          const [one, value] = [piece.reading.items[link.at] as Item, piece.reading.items[at] as Item];
          // "Gave the museum 340 photographs" has whom they were given to there.
          const { items, text } = piece.reading;
          const governed = clauses(piece.reading).some(
            (deed) =>
              deed.verb === link.at ||
              (deed.verb >= 0 &&
                deed.verb < link.at &&
                baseForm((items[deed.verb] as Item).word)?.sure &&
                !/,|\band\b|;/.test(text.slice((items[deed.verb] as Item).end, one.start))),
          );
          if (governed) return false;
          return link.at < at && at - link.at <= 2 && !/[,;.]/.test(piece.reading.text.slice(one.end, value.start));
        }),
      ),
    ),
  );
}

function judge(claim: Reading, clause: Clause, scene: Scene, deed: Clause): Answer {
  const answers: Answer[] = [];
  const { piece } = scene;
  if (clause.voice === 'copula' || deed.voice === 'copula') return 'open';
  const [said, told] = [(claim.items[clause.verb] as Item).word, (piece.reading.items[deed.verb] as Item).word];
  if (GETS.test(said) !== GETS.test(told)) return exchanged(claim, clause, scene, deed);
  if (clause.voice === 'active') {
    if (!clause.open) {
      if (deed.voice === 'active') {
        const direct = same(claim, clause.head, scene, deed, deed.subject, true);
        // "Traffic increased" where somebody increased traffic.
        if (direct === 'no' && clause.object.length === 0 && anyMeets(piece, clause.head, deed.object)) return 'yes';
        if (direct === 'no' && gapping(claim, clause, piece)) return 'yes';
        answers.push(direct);
      } else {
        const by =
          deed.agent.length > 0
            ? same(claim, clause.head, scene, deed, deed.agent, false)
            : !receives(claim, clause.head, piece, deed) &&
                [piece, ...scene.above, ...(scene.earlier ? [scene.earlier] : [])].some((one) => anyMeets(one, clause.head, null))
              ? 'open'
              : 'no';
        if (by === 'no' && clause.object.length === 0 && anyMeets(piece, clause.head, deed.subject)) return 'yes';
        answers.push(by);
      }
    }
    answers.push(
      deed.voice === 'active'
        ? deed.openObject || clause.openObject
          ? 'open'
          : same(claim, clause.object, scene, deed, deed.reach, false)
        : same(claim, clause.object, scene, deed, deed.subject, true),
    );
  } else {
    if (!clause.open)
      answers.push(
        deed.voice === 'passive'
          ? DITRANSITIVE.test(told) && anyMeets(piece, clause.head, deed.reach)
            ? 'yes'
            : same(claim, clause.head, scene, deed, deed.subject, true)
          : deed.object.length === 0 && anyMeets(piece, clause.head, deed.subject)
            ? 'yes'
            : deed.openObject
              ? 'open'
              : same(claim, clause.head, scene, deed, deed.reach, false),
      );
    if (clause.agent.length > 0)
      answers.push(
        deed.voice === 'passive'
          ? deed.agent.length > 0
            ? same(claim, clause.agent, scene, deed, deed.agent, false)
            : 'open'
          : same(claim, clause.agent, scene, deed, deed.subject, true),
      );
  }
  if (answers.includes('no')) return answers.includes('yes') ? 'other' : 'no';
  return answers.includes('yes') ? 'yes' : 'open';
}

/** "The ILO gave" where the source has "received from the ILO": who gives stands behind there. */
export function exchanged(claim: Reading, clause: Clause, scene: Scene, deed: Clause): Answer {
  if (clause.voice !== 'active' || deed.voice !== 'active' || clause.open) return 'open';
  const behind = same(claim, clause.head, scene, deed, deed.reach, false);
  if (behind !== 'no') return 'open';
  return same(claim, clause.head, scene, deed, deed.subject, true) === 'yes' ? 'other' : 'open';
}

/** Whether anything that follows the claim's verb is told there: by a synonym alone it may be another deed. */
function follows(clause: Clause, piece: Piece, deed: Clause): boolean {
  const linked = clause.complement.filter((i) => (piece.links[i] as Link[]).length > 0);
  return (
    clause.complement.length === 0 || deed.openObject || linked.some((i) => (piece.links[i] as Link[]).some(({ at }) => at !== deed.verb))
  );
}

/** What the sources tell by the verb of each clause of the claim, in order. */
export function verdicts(claim: Reading, pieces: readonly Piece[], scenes: readonly Scene[], weights: readonly number[]): Verdict[] {
  return clauses(claim).map((clause) => {
    const verdict: Verdict = { clause, agree: 0, conflict: 0, stray: 0, unknown: 0, nominal: 0, links: 0, together: 0 };
    const party = clause.open ? [] : clause.head;
    const verb = clause.verb >= 0 ? [clause.verb] : [];
    const parts = [...new Set([...party, ...clause.object, ...verb])].filter((i) =>
      pieces.some((piece) => (piece.links[i] as Link[]).length > 0),
    );
    const weight = (i: number) => ((claim.items[i] as Item).figure || (claim.items[i] as Item).date ? 1 : (weights[i] as number));
    const all = parts.reduce((sum, i) => sum + weight(i), 0);
    for (const piece of pieces)
      if (piece.kind !== 'sentence' && clause.verb >= 0 && meets(piece, clause.verb, null, EXACT)) verdict.unknown++;
    for (const scene of scenes) {
      const own = [scene.piece, ...scene.above];
      const wide = scene.earlier ? [...own, scene.earlier] : own;
      const reachable = scene.clauses.some((deed) => deed.openObject) ? wide : own;
      const here = parts.reduce((sum, i) => {
        const where = party.includes(i) ? wide : reachable;
        return sum + (where.some((piece) => (piece.links[i] as Link[]).length > 0) ? weight(i) : 0);
      }, 0);
      const together = all === 0 ? 1 : here / all;
      verdict.together = Math.max(verdict.together, together);
      if (clause.verb < 0) continue;
      const said = (claim.items[clause.verb] as Item).word;
      for (const link of scene.piece.links[clause.verb] as Link[]) {
        const source = scene.piece.reading.items[link.at] as Item;
        const deeds = scene.clauses.filter((one) => one.verb === link.at);
        if (deeds.length === 0 && source.upper && source.name >= 0) continue;
        if (LOOSE.test((claim.items[clause.verb] as Item).word)) {
          const deed = deeds.find((one) => judge(claim, clause, scene, one) === 'yes');
          verdict[deed ? 'agree' : 'unknown']++;
          continue;
        }
        if (LIGHT.test((claim.items[clause.verb] as Item).word) && (link.match < 1 || deeds.length === 0)) {
          verdict.unknown++;
          continue;
        }
        verdict.links++;
        if (deeds.length === 0 && !synonym(link)) verdict.nominal = Math.max(verdict.nominal, together);
        for (const deed of deeds) {
          const answer = judge(claim, clause, scene, deed);
          if (answer === 'yes') verdict[link.match >= EXACT || follows(clause, scene.piece, deed) ? 'agree' : 'unknown']++;
          else if (
            answer === 'other' &&
            LIGHT.test((claim.items[clause.verb] as Item).word) &&
            !anyMeets(scene.piece, clause.object, deed.reach)
          )
            verdict.unknown++;
          else if (answer === 'other') verdict.conflict += link.match >= EXACT || GETS.test(said) !== GETS.test(source.word) ? 1 : 0;
          else if (answer === 'no' && LIGHT.test((claim.items[clause.verb] as Item).word)) verdict.unknown++;
          else if (answer === 'no') verdict.stray += link.match >= EXACT ? 1 : 0;
          else verdict.unknown++;
        }
      }
    }
    return verdict;
  });
}
