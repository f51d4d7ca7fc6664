/** What chat clients ask a model for beside the conversation of their user: Open WebUI, LibreChat and others. */
export type TaskKind = 'title' | 'tags' | 'follow-ups' | 'queries' | 'emoji' | 'completion';

export interface ClientTask {
  kind: TaskKind;
  /** Name of the member of the JSON object that is asked for; null: plain text. */
  member: string | null;
  /** What the user asked, as the message shows the conversation; empty where it shows none. */
  questions: string[];
}

/** How such a wish is put, and what for, in the languages of the interface. The first noun that occurs says the kind. */
const WISH =
  /\b(?:generate|create|write|suggest|provide|produce|give|make|summari[sz]e|determine|analy[sz]e|reflect|continue|g[ée]n[èe]re[zr]?|cr[ée]e[rz]?|propose[rz]?|r[ée]sume[rz]?|donne[rz]?|erstelle|erzeuge|generiere|fasse|schreibe|genera|crea|resume|escribe|propon)\b|生成|创建|总结|概括|为.{0,12}起|أنشئ|اكتب|لخص/iu;
const NOUNS: readonly (readonly [TaskKind, RegExp, string])[] = [
  [
    'follow-ups',
    /follow[- _]?ups?(?:[ _]questions?)?|questions? de suivi|folgefragen|preguntas de seguimiento|后续问题|أسئلة متابعة/iu,
    'follow_ups',
  ],
  [
    'queries',
    /search quer(?:y|ies)|\bqueries\b|requ[êe]tes? de recherche|suchanfragen?|consultas? de b[úu]squeda|搜索查询|搜索词/iu,
    'queries',
  ],
  ['tags', /\btags?\b|[ée]tiquettes?|schlagw[öo]rter|etiquetas|标签|وسوم/iu, 'tags'],
  ['completion', /autocomplet|complete (?:the|this) (?:user|text|sentence|query)|auto-?completion/iu, 'text'],
  ['title', /\btitles?\b|\btitres?\b|\btitel\b|\bt[íi]tulos?\b|标题|عنوان/iu, 'title'],
  ['emoji', /fitting emoji|\bemoji\b.{0,80}(?:facial|expression)|facial expression/iu, 'emoji'],
];
/** What shows that the wish is about a conversation. */
const OF_CHAT =
  /\b(?:conversation|chat(?: history)?|dialogue?|exchange|gespr[äa]chs?|unterhaltung|conversaci[óo]n|last (?:user )?message|chat_history|chat messages)\b|对话|聊天|محادثة|(?:^|\n|\s)(?:user|human|assistant)\s?:/iu;
/** A question of a person is short, and none speaks of itself as a title of a chat. */
const ROLE = /(?:^|\n|[\s>])(?:USER|User|user|Human|Utilisateur|Benutzer|Usuario|用户)\s?[:：]/gu;
const NEXT_ROLE = /(?:^|\n|\s)(?:ASSISTANT|Assistant|assistant|AI|Bot|USER|User|user|Human|助手)\s?[:：]|<\/chat_history>/u;
/** Only the beginning says what is wanted; templates put the conversation last. UTF-16 units. */
const BEGINNING_READ = 20_000;
const ORDER = 1500;
const MOST_QUESTIONS = 6;
/** What is wished for stands this near to the word that wishes, UTF-16 units. */
const WISH_DISTANCE = 120;

/** A task of a chat client, or null for anything else. Linear in the length of the text, of which 20,000 characters are read. */
export function taskOf(message: string): ClientTask | null {
  const text = message.slice(0, BEGINNING_READ);
  const at = text.search(ROLE);
  // What the conversation itself says orders nothing.
  const order = `${text.slice(0, Math.min(at < 0 ? ORDER : at, 3 * ORDER))}`;
  const wish = order.search(WISH);
  if (wish < 0 || !OF_CHAT.test(text)) return null;
  const first = NOUNS.map(([kind, noun, member]) => ({ kind, member, at: order.slice(wish, wish + WISH_DISTANCE).search(noun) }))
    .filter((one) => one.at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  if (!first) return null;
  const { kind } = first;
  if (/^\s*[^.!?\n]{0,300}[?？]\s*$/u.test(text)) return null;
  // Clients show the object they want: {"title": …}.
  const wanted = /\{\s{0,4}\\?"([a-z_]{2,20})\\?"\s{0,4}:/iu.exec(`${order}${text.slice(-600)}`);
  return { kind, member: wanted ? (wanted[1] as string) : /\bJSON\b/.test(order) ? first.member : null, questions: questionsIn(text) };
}

export const isClientTask = (message: string): boolean => taskOf(message) !== null;

function questionsIn(text: string): string[] {
  const found: string[] = [];
  for (const { index, 0: mark } of text.matchAll(ROLE)) {
    const rest = text.slice(index + mark.length, index + mark.length + 1000);
    const end = rest.search(NEXT_ROLE);
    const said = (end < 0 ? rest : rest.slice(0, end)).trim().split(/\n/)[0]?.trim() ?? '';
    if (said !== '') found.push(said);
    if (found.length === MOST_QUESTIONS) break;
  }
  return found;
}
