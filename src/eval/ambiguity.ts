import { JS, NFA } from 'refa';

/** Text that a regular expression can read in many ways: `before`, then `pump` any number of times. */
interface Pump {
  before: string;
  pump: string;
  /** Exponential: one loop reads `pump` in two ways. Polynomial: two loops share it. */
  kind: 'exponential' | 'polynomial';
}

export interface Ambiguity {
  pumps: Pump[];
  /** What could not be looked at, in words; null when all of it was. */
  unread: string | null;
}

/** Most pairs or triples of states looked at for one expression. Enough for 500 states; some 0.5 s at worst. */
const MOST_STEPS = 400_000;
/** From this maximum on a repetition counts as endless: `(a|a){0,60}` is as bad as `(a|a)*`. */
const ENDLESS = 8;
/** Most states of one expression; beyond that it is left unread. */
const MOST_STATES = 3000;
/** Pumps reported of one loop, and of all pairs of loops; each is run. */
const MOST_PUMPS = 12;

/** States as numbers, letters as numbers of classes no set of the expression tells apart. */
interface Machine {
  /** By state, by letter: states it leads to. */
  next: Map<number, number[]>[];
  /** A character of each letter. */
  sample: string[];
  initial: number;
}

/**
 * Finds texts that an expression can read in exponentially or polynomially many ways, by the ambiguity of its automaton
 * (Weideman, van der Merwe, Berglund and Watson: Analyzing Matching Time Behavior of Backtracking Regular Expression
 * Matchers by Using Ambiguity of NFA, CIAA 2016). Assertions are passed over here and their insides looked at on their own,
 * so what is found is a suspicion that has to be run. Throws SyntaxError for an expression that is none.
 */
export function ambiguityOf(source: string, flags: string): Ambiguity {
  const regex = new RegExp(source, flags);
  const parsed = JS.Parser.fromLiteral({ source, flags: regex.flags.replace(/[dgy]/g, '') }).parse({
    assertions: 'parse',
    backreferences: 'disable',
    maxBackreferenceWords: 4,
    maxNodes: 200_000,
  });
  const pumps: Pump[] = [];
  let unread: string | null = null;
  for (const alternatives of [parsed.expression.alternatives, ...assertionsIn(parsed.expression.alternatives)]) {
    const machine = machineOf(alternatives, parsed.maxCharacter);
    if (typeof machine === 'string') {
      unread = machine;
      continue;
    }
    const steps = { left: MOST_STEPS };
    const components = componentsOf(machine);
    const found = [...exponential(machine, components, steps), ...polynomial(machine, components, steps)];
    if (steps.left <= 0) unread = `more than ${MOST_STEPS} pairs of states`;
    pumps.push(...found);
  }
  return { pumps, unread };
}

type Alternatives = Parameters<typeof NFA.fromRegex>[0] extends infer R ? Extract<R, readonly unknown[]> : never;
interface Walkable {
  type: string;
  elements?: readonly Walkable[];
  alternatives?: readonly Walkable[];
}

/** The alternatives of every assertion, at any depth. */
function assertionsIn(nodes: readonly unknown[]): Alternatives[] {
  const found: Alternatives[] = [];
  const visit = (node: Walkable): void => {
    if (node.type === 'Assertion') found.push(node.alternatives as unknown as Alternatives);
    for (const child of [...(node.elements ?? []), ...(node.alternatives ?? [])]) visit(child);
  };
  for (const node of nodes) visit(node as Walkable);
  return found;
}

function machineOf(alternatives: unknown, maxCharacter: number): Machine | string {
  let nfa: NFA;
  try {
    nfa = NFA.fromRegex(
      alternatives as Alternatives,
      { maxCharacter },
      { assertions: 'ignore', infinityThreshold: ENDLESS },
      new NFA.LimitedNodeFactory(MOST_STATES),
    );
  } catch (error) {
    return `more than ${MOST_STATES} states (${(error as Error).message})`;
  }
  const nodes = [...nfa.nodes()];
  const number = new Map(nodes.map((node, at) => [node, at]));
  const sets = [...new Map(nodes.flatMap((node) => [...node.out.values()]).map((set) => [set.toRangesString(), set])).values()];
  let letters = sets.slice(0, 0);
  for (const set of sets) {
    let rest = set;
    letters = letters.flatMap((letter) => {
      const both = letter.intersect(rest);
      if (both.isEmpty) return [letter];
      rest = rest.without(both);
      const other = letter.without(both);
      return other.isEmpty ? [both] : [both, other];
    });
    if (!rest.isEmpty) letters.push(rest);
  }
  const sample = letters.map((letter) => sampleOf((code) => letter.has(code), letter.ranges[0]?.min ?? 0));
  const lettersOf = new Map(
    sets.map((set) => [
      set.toRangesString(),
      letters.flatMap((letter, at) => (set.has((letter.ranges[0] as { min: number }).min) ? [at] : [])),
    ]),
  );
  const next = nodes.map((node) => {
    const byLetter = new Map<number, number[]>();
    for (const [to, set] of node.out)
      for (const letter of lettersOf.get(set.toRangesString()) as number[]) {
        const list = byLetter.get(letter);
        if (list) list.push(number.get(to) as number);
        else byLetter.set(letter, [number.get(to) as number]);
      }
    return byLetter;
  });
  return { next, sample, initial: number.get(nfa.initial) as number };
}

/** A character that is easy to read, where the letter has one. */
function sampleOf(has: (code: number) => boolean, first: number): string {
  for (const character of 'a e1 .,-:éБ') if (has(character.codePointAt(0) as number)) return character;
  for (let code = 0x21; code < 0x7f; code++) if (has(code)) return String.fromCodePoint(code);
  return String.fromCodePoint(first);
}

/** Tarjan's strongly connected components of anything numbered; `of[node]` is the component, in reverse topological order. */
function tarjan(roots: readonly number[], out: (node: number) => Iterable<number>): Map<number, number> {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const component = new Map<number, number>();
  const stack: number[] = [];
  let components = 0;
  for (const root of roots) {
    if (index.has(root)) continue;
    const open = (node: number) => {
      index.set(node, index.size);
      low.set(node, index.get(node) as number);
      stack.push(node);
      return { node, rest: out(node)[Symbol.iterator]() };
    };
    const work = [open(root)];
    while (work.length > 0) {
      const top = work[work.length - 1] as (typeof work)[number];
      const step = top.rest.next();
      if (!step.done) {
        if (!index.has(step.value)) work.push(open(step.value));
        else if (!component.has(step.value)) low.set(top.node, Math.min(low.get(top.node) as number, index.get(step.value) as number));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low.set(parent.node, Math.min(low.get(parent.node) as number, low.get(top.node) as number));
      if (low.get(top.node) !== index.get(top.node)) continue;
      for (let node = stack.pop() as number; ; node = stack.pop() as number) {
        component.set(node, components);
        if (node === top.node) break;
      }
      components++;
    }
  }
  return component;
}

interface Components {
  of: Map<number, number>;
  /** Those with a loop, by number. */
  loops: Map<number, number[]>;
}

function componentsOf({ next, initial }: Machine): Components {
  const of = tarjan([initial], (node) => targets(next[node]));
  const members = new Map<number, number[]>();
  for (const [node, component] of of) members.set(component, [...(members.get(component) ?? []), node]);
  const loops = new Map(
    [...members].filter(([, nodes]) => nodes.length > 1 || [...targets(next[nodes[0] as number])].includes(nodes[0] as number)),
  );
  return { of, loops };
}

function* targets(byLetter: ReadonlyMap<number, readonly number[]> | undefined): Iterable<number> {
  if (byLetter) for (const list of byLetter.values()) yield* list;
}

type Steps = { left: number };

/** A loop that reads one word in two ways: a pair of different states on a way from (q, q) back to (q, q). */
function exponential(machine: Machine, { of, loops }: Components, steps: Steps): Pump[] {
  const size = machine.next.length;
  const found: Pump[] = [];
  for (const [component, nodes] of loops) {
    const inside = (node: number) => of.get(node) === component;
    const out = function* (pair: number): Iterable<number> {
      for (const [to] of pairsFrom(machine, pair, size, inside, inside)) {
        if (steps.left-- <= 0) return;
        yield to;
      }
    };
    const product = tarjan(
      nodes.map((node) => node * size + node),
      out,
    );
    const diagonal = new Map<number, number>();
    for (const node of nodes) diagonal.set(product.get(node * size + node) as number, node * size + node);
    const pumps = new Set<string>();
    for (const [pair, number] of product) {
      const home = diagonal.get(number);
      if (home === undefined || Math.floor(pair / size) === pair % size) continue;
      const there = wordBetween(home, pair, (at) => pairsFrom(machine, at, size, inside, inside), machine);
      const back = wordBetween(pair, home, (at) => pairsFrom(machine, at, size, inside, inside), machine);
      if (there === null || back === null || pumps.has(there + back)) continue;
      pumps.add(there + back);
      found.push({ before: prefixOf(machine, Math.floor(home / size)), pump: there + back, kind: 'exponential' });
      // Different words of one loop: with some of them the whole matches, so that nothing is tried twice.
      if (pumps.size >= MOST_PUMPS) break;
    }
  }
  return found;
}

/** Two loops that read one word, with a way from the first to the second that reads it too: (p, p, q) leads to (p, q, q). */
function polynomial(machine: Machine, { of, loops }: Components, steps: Steps): Pump[] {
  const size = machine.next.length;
  const found: Pump[] = [];
  const reach = new Map<number, Set<number>>();
  const reachable = (node: number): Set<number> => {
    const known = reach.get(node);
    if (known) return known;
    const all = new Set<number>([node]);
    for (const one of all) for (const to of targets(machine.next[one])) all.add(to);
    reach.set(node, all);
    return all;
  };
  for (const [first, firstNodes] of loops) {
    for (const [second, secondNodes] of loops) {
      if (first === second || !reachable(firstNodes[0] as number).has(secondNodes[0] as number)) continue;
      const inFirst = (node: number) => of.get(node) === first;
      const inSecond = (node: number) => of.get(node) === second;
      const pair = tarjan(
        firstNodes.flatMap((p) => secondNodes.map((q) => p * size + q)),
        function* (at) {
          for (const [to] of pairsFrom(machine, at, size, inFirst, inSecond)) {
            if (steps.left-- <= 0) return;
            yield to;
          }
        },
      );
      const members = new Map<number, number>();
      for (const number of pair.values()) members.set(number, (members.get(number) ?? 0) + 1);
      search: for (const p of firstNodes) {
        for (const q of secondNodes) {
          const at = p * size + q;
          const loops =
            (members.get(pair.get(at) as number) ?? 0) > 1 ||
            [...pairsFrom(machine, at, size, inFirst, inSecond)].some(([to]) => to === at);
          if (!loops) continue;
          if (steps.left <= 0) return found;
          const word = wordBetween(
            (p * size + p) * size + q,
            (p * size + q) * size + q,
            function* (triple) {
              const [a, b, c] = [Math.floor(triple / size / size), Math.floor(triple / size) % size, triple % size];
              for (const [letter, froms] of machine.next[a] as Map<number, number[]>) {
                const middle = machine.next[b]?.get(letter);
                const last = machine.next[c]?.get(letter);
                if (!middle || !last) continue;
                for (const x of froms)
                  if (inFirst(x))
                    for (const z of last)
                      if (inSecond(z))
                        for (const y of middle) {
                          if (steps.left-- <= 0) return;
                          yield [(x * size + y) * size + z, letter];
                        }
              }
            },
            machine,
          );
          if (word === null) continue;
          found.push({ before: prefixOf(machine, p), pump: word, kind: 'polynomial' });
          if (found.length >= MOST_PUMPS) return found;
          break search;
        }
      }
    }
  }
  return found;
}

/** Pairs of states one letter on, with that letter. */
function* pairsFrom(
  { next }: Machine,
  pair: number,
  size: number,
  left: (node: number) => boolean,
  right: (node: number) => boolean,
): Iterable<[number, number]> {
  const second = next[pair % size];
  for (const [letter, list] of next[Math.floor(pair / size)] as Map<number, number[]>) {
    const others = second?.get(letter);
    if (!others) continue;
    for (const a of list) if (left(a)) for (const b of others) if (right(b)) yield [a * size + b, letter];
  }
}

/** Shortest non-empty word from one place to another; null when there is none. */
function wordBetween(from: number, to: number, out: (at: number) => Iterable<[number, number]>, { sample }: Machine): string | null {
  const came = new Map<number, [number, number]>();
  const queue = [from];
  for (const at of queue) {
    for (const [next, letter] of out(at)) {
      if (came.has(next)) continue;
      came.set(next, [at, letter]);
      if (next === to) {
        let word = '';
        let here = to;
        do {
          const [before, by] = came.get(here) as [number, number];
          word = sample[by] + word;
          here = before;
        } while (here !== from);
        return word;
      }
      if (next !== from) queue.push(next);
    }
  }
  return null;
}

function prefixOf(machine: Machine, state: number): string {
  if (state === machine.initial) return '';
  const out = function* (at: number): Iterable<[number, number]> {
    for (const [letter, list] of machine.next[at] as Map<number, number[]>) for (const to of list) yield [to, letter];
  };
  return wordBetween(machine.initial, state, out, machine) ?? '';
}
