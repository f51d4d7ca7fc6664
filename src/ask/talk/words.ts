/** What the service says of itself, in the languages of the interface. `{…}` is filled in by talk.ts. */
export interface TalkWords {
  /** Around a title. */
  quotes: readonly [open: string, close: string];
  /** One title with its editions, within a sentence. */
  titled: string;
  /** Several titles, within a sentence; `many` when there are more than are named. */
  many: string;
  /** For an index without briefings. */
  none: string;
  greeting: string;
  thanks: string;
  farewell: string;
  acknowledgement: string;
  /** `{name}` is the service's, `{how}` one of the two below. */
  identity: string;
  quotes_only: string;
  with_model: string;
  help: string;
  briefings: string;
  more: string;
  currency: string;
  undated: string;
  about: string;
  smalltalk: string;
  rude: string;
  unclear: string;
  nothing_before: string;
  /** Above the main points. */
  summary: string;
  no_summary: string;
  looked_again: string;
  confirmed: string;
  corrected: string;
  not_answered: string;
  not_said: string;
  shortest: string;
  further: string;
  nothing_further: string;
  no_translation: string;
  no_earlier: string;
  /** Between a title and its editions, and after the last edition named: "editions". */
  editions: string;
  could_ask: string;
}

const en: TalkWords = {
  quotes: ['“', '”'],
  titled: '{title} (edition: {editions})',
  many: '{count} briefings, among them {titles}',
  none: 'briefings, of which there are none yet',
  greeting:
    'Hello! I answer questions about {about}, and name for every sentence the paragraph it comes from. What would you like to know?',
  thanks: 'You are welcome. If there is anything else, just ask.',
  farewell: 'Thank you, and the same to you. Come back whenever you like!',
  acknowledgement: 'All right. What else would you like to know?',
  identity: 'I am {name}: not a person but a program that answers questions from {about}, and from nothing else. {how}',
  quotes_only: 'My answers are quotations; where the briefings are silent I say so.',
  with_model:
    'A language model writes my sentences, and each is checked against the paragraph it names before you see it; where the briefings are silent I say so.',
  help: 'Ask in ordinary words about {about}. You get sentences with the paragraph they come from, a plain no where the briefings are silent, what changed from one edition to the next, and the main points of a briefing. Name an edition if you want another than the newest. I know nothing beyond the briefings, draw no conclusions and make no tables or pictures.',
  briefings: 'I answer from {count, briefings} and from nothing else. The newest edition speaks unless you ask for another:',
  more: 'and {count} more',
  currency: 'The newest edition I have is {newest}. What came after it I do not know. All of them:',
  undated: 'undated',
  about: 'This is about {about}. The sections:',
  smalltalk: 'I am a program, so there is little to tell of myself; I am at my best with {about}. What would you like to know?',
  rude: 'I am sorry that this did not help. I know only what stands in {about}; shall we try another question?',
  unclear: 'What would you like to know? I answer questions about {about}.',
  nothing_before: 'Nothing has been asked so far. Put your question in a whole sentence, please.',
  summary: 'The sections of {title}, {edition}, each with how it begins:',
  no_summary: 'There is nothing I could sum up in it.',
  looked_again:
    'I have looked again. It says so, word for word, here: {places}. The whole paragraphs are below; whether they are right themselves I cannot tell.',
  confirmed: 'I have looked again, and so it says:',
  corrected: 'I have looked again, and I am sorry: what was said before does not stand there. This does:',
  not_answered: 'I have looked again: the briefings do not clearly answer “{question}”, so I assert nothing. What comes closest is below.',
  not_said: 'The briefings do not say that of it. What comes closest is below.',
  shortest: 'I only quote, and it is one sentence already. Its source is above.',
  further: 'What else stands nearest to it is below.',
  nothing_further: 'I have found nothing more on it. Ask about something particular, perhaps.',
  no_translation: 'I cannot translate: without a language model I only quote, in the language of the briefings.',
  no_earlier: 'There is no earlier edition of it.',
  editions: 'editions: {dates}',
  could_ask: 'You could ask:',
};

const de: TalkWords = {
  quotes: ['„', '“'],
  titled: '{title} (Ausgabe: {editions})',
  many: '{count} Briefings, darunter {titles}',
  none: 'Briefings, von denen es noch keine gibt',
  greeting: 'Guten Tag! Ich beantworte Fragen zu {about} und nenne zu jedem Satz den Absatz, aus dem er stammt. Was möchten Sie wissen?',
  thanks: 'Gern geschehen. Wenn Sie noch etwas wissen möchten, fragen Sie einfach.',
  farewell: 'Danke, Ihnen auch. Kommen Sie jederzeit wieder!',
  acknowledgement: 'In Ordnung. Was möchten Sie noch wissen?',
  identity: 'Ich bin {name}: kein Mensch, sondern ein Programm, das Fragen aus {about} beantwortet und aus nichts anderem. {how}',
  quotes_only: 'Meine Antworten sind Zitate; wo die Briefings schweigen, sage ich das.',
  with_model:
    'Ein Sprachmodell schreibt meine Sätze, und jeder wird mit dem genannten Absatz verglichen, bevor Sie ihn sehen; wo die Briefings schweigen, sage ich das.',
  help: 'Fragen Sie in gewöhnlichen Worten nach {about}. Sie bekommen Sätze mit dem Absatz, aus dem sie stammen, ein klares Nein, wo die Briefings schweigen, was sich von einer Ausgabe zur nächsten geändert hat und die Hauptpunkte eines Briefings. Nennen Sie eine Ausgabe, wenn es nicht die neueste sein soll. Ich weiß nichts außer dem, was in den Briefings steht, ziehe keine Schlüsse und mache keine Tabellen oder Bilder.',
  briefings: 'Ich antworte aus {count, briefings} und aus nichts anderem. Die neueste Ausgabe spricht, wenn Sie keine andere nennen:',
  more: 'und {count} weitere',
  currency: 'Meine neueste Ausgabe ist {newest}. Was danach kam, weiß ich nicht. Alle:',
  undated: 'undatiert',
  about: 'Es geht um {about}. Die Abschnitte:',
  smalltalk: 'Ich bin ein Programm und habe von mir wenig zu erzählen; am besten kenne ich {about}. Was möchten Sie wissen?',
  rude: 'Es tut mir leid, dass das nicht geholfen hat. Ich weiß nur, was in {about} steht; versuchen wir es mit einer anderen Frage?',
  unclear: 'Was möchten Sie wissen? Ich beantworte Fragen zu {about}.',
  nothing_before: 'Bisher wurde nichts gefragt. Bitte stellen Sie Ihre Frage in einem ganzen Satz.',
  summary: 'Die Abschnitte von {title}, {edition}, jeweils mit ihrem Anfang:',
  no_summary: 'Darin ist nichts, was ich zusammenfassen könnte.',
  looked_again:
    'Ich habe noch einmal nachgesehen. Es steht Wort für Wort hier: {places}. Die ganzen Absätze stehen unten; ob sie selbst recht haben, kann ich nicht sagen.',
  confirmed: 'Ich habe noch einmal nachgesehen, und so steht es da:',
  corrected: 'Ich habe noch einmal nachgesehen, Entschuldigung: Was vorher gesagt wurde, steht dort nicht. Dort steht:',
  not_answered:
    'Ich habe noch einmal nachgesehen: Die Briefings beantworten „{question}“ nicht eindeutig, also behaupte ich nichts. Was dem am nächsten kommt, steht unten.',
  not_said: 'Das sagen die Briefings darüber nicht. Was dem am nächsten kommt, steht unten.',
  shortest: 'Ich zitiere nur, und es ist schon ein einziger Satz. Seine Quelle steht oben.',
  further: 'Was dem sonst am nächsten steht, finden Sie unten.',
  nothing_further: 'Mehr habe ich dazu nicht gefunden. Fragen Sie vielleicht nach etwas Bestimmtem.',
  no_translation: 'Übersetzen kann ich nicht: Ohne Sprachmodell zitiere ich nur, in der Sprache der Briefings.',
  no_earlier: 'Davon gibt es keine frühere Ausgabe.',
  editions: 'Ausgaben: {dates}',
  could_ask: 'Sie könnten fragen:',
};

const fr: TalkWords = {
  quotes: ['« ', ' »'],
  titled: '{title} (édition : {editions})',
  many: '{count} notes, dont {titles}',
  none: 'des notes d’information, dont il n’y a encore aucune',
  greeting:
    'Bonjour ! Je réponds aux questions sur {about}, et j’indique pour chaque phrase le paragraphe d’où elle vient. Que voulez-vous savoir ?',
  thanks: 'Je vous en prie. N’hésitez pas si vous avez une autre question.',
  farewell: 'Merci, à vous aussi. Au revoir, et revenez quand vous voulez !',
  acknowledgement: 'Très bien. Que voulez-vous savoir d’autre ?',
  identity: 'Je suis {name} : non pas une personne, mais un programme qui répond à partir de {about}, et de rien d’autre. {how}',
  quotes_only: 'Mes réponses sont des citations ; quand les notes se taisent, je le dis.',
  with_model:
    'Un modèle de langage écrit mes phrases, et chacune est comparée au paragraphe indiqué avant que vous ne la voyiez ; quand les notes se taisent, je le dis.',
  help: 'Posez votre question en mots ordinaires sur {about}. Vous recevez des phrases avec le paragraphe d’où elles viennent, un « non » clair quand les notes se taisent, ce qui a changé d’une édition à l’autre, et les points principaux d’une note. Nommez une édition si ce ne doit pas être la plus récente. Je ne sais rien au-delà des notes, ne tire pas de conclusions et ne fais ni tableaux ni images.',
  briefings: 'Mes sources : {count, briefings}, et rien d’autre. L’édition la plus récente parle, sauf si vous en nommez une autre :',
  more: 'et {count} autres',
  currency: 'L’édition la plus récente dont je dispose est {newest}. Ce qui est venu après, je ne le sais pas. Toutes :',
  undated: 'sans date',
  about: 'Il s’agit de {about}. Les parties :',
  smalltalk: 'Je suis un programme et n’ai pas grand-chose à raconter sur moi ; je suis plus utile sur {about}. Que voulez-vous savoir ?',
  rude: 'Je regrette que cela ne vous ait pas aidé. Je ne sais que ce qui figure dans {about} ; essayons une autre question ?',
  unclear: 'Que voulez-vous savoir ? Je réponds aux questions sur {about}.',
  nothing_before: 'Rien n’a encore été demandé. Posez votre question en une phrase entière, s’il vous plaît.',
  summary: 'Les parties de {title}, {edition}, chacune avec son début :',
  no_summary: 'Il n’y a rien que je puisse y résumer.',
  looked_again:
    'J’ai vérifié. C’est écrit, mot pour mot, ici : {places}. Les paragraphes entiers figurent ci-dessous ; s’ils sont exacts eux-mêmes, je ne peux le dire.',
  confirmed: 'J’ai vérifié, et c’est bien ce qui est écrit :',
  corrected: 'J’ai vérifié, et je vous prie de m’excuser : ce qui a été dit avant n’y figure pas. Voici ce qui y figure :',
  not_answered:
    'J’ai vérifié : les notes ne répondent pas clairement à « {question} », je n’affirme donc rien. Ce qui s’en approche le plus figure ci-dessous.',
  not_said: 'Les notes ne le disent pas. Ce qui s’en approche le plus figure ci-dessous.',
  shortest: 'Je ne fais que citer, et ce n’est déjà qu’une phrase. Sa source est ci-dessus.',
  further: 'Ce qui s’en approche encore figure ci-dessous.',
  nothing_further: 'Je n’ai rien trouvé de plus à ce sujet. Demandez peut-être quelque chose de précis.',
  no_translation: 'Je ne peux pas traduire : sans modèle de langage je ne fais que citer, dans la langue des notes.',
  no_earlier: 'Il n’y en a pas d’édition antérieure.',
  editions: 'éditions : {dates}',
  could_ask: 'Vous pourriez demander :',
};

const es: TalkWords = {
  quotes: ['«', '»'],
  titled: '{title} (edición: {editions})',
  many: '{count} informes, entre ellos {titles}',
  none: 'informes, de los que aún no hay ninguno',
  greeting: '¡Hola! Respondo preguntas sobre {about} e indico para cada frase el párrafo del que procede. ¿Qué desea saber?',
  thanks: 'De nada. Si hay algo más, pregunte.',
  farewell: '¡Gracias, igualmente! Hasta luego, y vuelva cuando quiera.',
  acknowledgement: 'De acuerdo. ¿Qué más desea saber?',
  identity: 'Soy {name}: no una persona, sino un programa que responde a partir de {about} y de nada más. {how}',
  quotes_only: 'Mis respuestas son citas; donde los informes callan, lo digo.',
  with_model:
    'Un modelo de lenguaje escribe mis frases, y cada una se compara con el párrafo indicado antes de que usted la vea; donde los informes callan, lo digo.',
  help: 'Pregunte con palabras corrientes sobre {about}. Recibe frases con el párrafo del que proceden, un «no» claro donde los informes callan, lo que cambió de una edición a otra y los puntos principales de un informe. Nombre una edición si no ha de ser la más reciente. No sé nada fuera de los informes, no saco conclusiones y no hago tablas ni imágenes.',
  briefings: 'Respondo a partir de {count, briefings} y de nada más. Habla la edición más reciente, salvo que nombre otra:',
  more: 'y {count} más',
  currency: 'La edición más reciente que tengo es {newest}. Lo que vino después no lo sé. Todas:',
  undated: 'sin fecha',
  about: 'Trata de {about}. Las secciones:',
  smalltalk: 'Soy un programa y tengo poco que contar de mí; donde mejor ayudo es con {about}. ¿Qué desea saber?',
  rude: 'Siento que eso no haya servido. Solo sé lo que está en {about}; ¿probamos con otra pregunta?',
  unclear: '¿Qué desea saber? Respondo preguntas sobre {about}.',
  nothing_before: 'Todavía no se ha preguntado nada. Haga su pregunta con una frase completa, por favor.',
  summary: 'Las secciones de {title}, {edition}, cada una con su comienzo:',
  no_summary: 'No hay en él nada que pueda resumir.',
  looked_again:
    'Lo he comprobado. Está escrito, palabra por palabra, aquí: {places}. Los párrafos enteros están abajo; si ellos mismos son exactos no puedo decirlo.',
  confirmed: 'Lo he comprobado, y así figura:',
  corrected: 'Lo he comprobado, y pido disculpas: lo que se dijo antes no figura allí. Figura esto:',
  not_answered:
    'Lo he comprobado: los informes no responden con claridad a «{question}», así que no afirmo nada. Lo más cercano está abajo.',
  not_said: 'Los informes no lo dicen. Lo más cercano está abajo.',
  shortest: 'Solo cito, y ya es una sola frase. Su fuente está arriba.',
  further: 'Lo demás que se le acerca está abajo.',
  nothing_further: 'No he encontrado nada más sobre ello. Pregunte quizá por algo concreto.',
  no_translation: 'No puedo traducir: sin modelo de lenguaje solo cito, en el idioma de los informes.',
  no_earlier: 'No hay una edición anterior.',
  editions: 'ediciones: {dates}',
  could_ask: 'Podría preguntar:',
};

const zh: TalkWords = {
  quotes: ['《', '》'],
  titled: '{title}（版本：{editions}）',
  many: '{count} 份简报，其中有{titles}',
  none: '简报（目前还没有）',
  greeting: '您好！我回答有关{about}的问题，并为每句话注明出处段落。您想了解什么？',
  thanks: '不客气。如果还有别的问题，请随时提问。',
  farewell: '谢谢，也祝您愉快。再见，欢迎随时再来！',
  acknowledgement: '好的。您还想了解什么？',
  identity: '我是 {name}：不是真人，而是一个程序，只根据{about}回答问题。{how}',
  quotes_only: '我的回答都是原文引用；简报没有提到的，我会直说。',
  with_model: '句子由语言模型撰写，每一句在您看到之前都与所注段落核对过；简报没有提到的，我会直说。',
  help: '请用平常的话提问，内容限于{about}。您会得到带出处段落的句子；简报没有提到时会直说；也可以问各版本之间有何变化，或要一份简报的要点。如果不要最新版，请说明是哪一版。简报以外的事我不知道，不作推论，也不做翻译、表格或图片。',
  briefings: '我只根据 {count, briefings}回答。除非您指定别的版本，否则以最新版为准：',
  more: '另有 {count} 份',
  currency: '我手头最新的版本是{newest}。此后的情况我不知道。全部版本：',
  undated: '未注明日期',
  about: '内容是{about}。各部分：',
  smalltalk: '我是一个程序，没有什么可讲自己的；我最了解的是{about}。您想了解什么？',
  rude: '很抱歉没有帮上忙。我只知道{about}里写的内容；换个问题试试好吗？',
  unclear: '您想了解什么？我可以回答有关{about}的问题。',
  nothing_before: '目前还没有问过问题。请用一句完整的话提问。',
  summary: '{title}（{edition}）的各部分及其开头：',
  no_summary: '其中没有可以概括的内容。',
  looked_again: '我又核对了一遍，原文一字不差地写在这里：{places}。完整段落见下；段落本身是否正确，我无法判断。',
  confirmed: '我又核对了一遍，原文确实如此：',
  corrected: '我又核对了一遍，抱歉：先前所说的并不在原文中。原文是：',
  not_answered: '我又核对了一遍：简报没有明确回答“{question}”，因此我不作断言。最接近的内容见下。',
  not_said: '简报没有提到这一点。最接近的内容见下。',
  shortest: '我只引用原文，而这已经只有一句话。出处见上。',
  further: '其他最相近的内容见下。',
  nothing_further: '没有找到更多内容。请问得更具体一些。',
  no_translation: '我不能翻译：没有语言模型时，我只按简报的原文引用。',
  no_earlier: '没有更早的版本。',
  editions: '版本：{dates}',
  could_ask: '您可以问：',
};

const ar: TalkWords = {
  quotes: ['«', '»'],
  titled: '{title} (الطبعة: {editions})',
  many: '{count} من المذكرات، منها {titles}',
  none: 'مذكرات لا يوجد منها شيء بعد',
  greeting: 'مرحبا! أجيب عن الأسئلة حول {about}، وأذكر لكل جملة الفقرة التي جاءت منها. ماذا تود أن تعرف؟',
  thanks: 'على الرحب والسعة. إن كان لديك سؤال آخر فتفضل.',
  farewell: 'شكرا، ولك أيضا. مع السلامة، وعد متى شئت!',
  acknowledgement: 'حسنا. ماذا تود أن تعرف أيضا؟',
  identity: 'أنا {name}: لست إنسانا بل برنامج يجيب من {about} ولا شيء غير ذلك. {how}',
  quotes_only: 'إجاباتي اقتباسات؛ وحيث لا تذكر المذكرات شيئا أقول ذلك.',
  with_model: 'يكتب نموذج لغوي جملي، وتُقارن كل جملة بالفقرة المذكورة قبل أن تراها؛ وحيث لا تذكر المذكرات شيئا أقول ذلك.',
  help: 'اسأل بكلمات عادية عن {about}. تحصل على جمل مع الفقرة التي جاءت منها، وعلى قول صريح حين لا تذكر المذكرات شيئا، وعلى ما تغير من طبعة إلى أخرى، وعلى النقاط الرئيسية لمذكرة. اذكر الطبعة إن لم تكن الأحدث. لا أعرف شيئا خارج المذكرات، ولا أستنتج، ولا أصنع جداول أو صورا.',
  briefings: 'أجيب من {count, briefings} ولا شيء غير ذلك. تتحدث الطبعة الأحدث ما لم تذكر غيرها:',
  more: 'و{count} غيرها',
  currency: 'أحدث طبعة لدي هي {newest}. ما جاء بعدها لا أعرفه. جميع الطبعات:',
  undated: 'بلا تاريخ',
  about: 'الموضوع هو {about}. الأقسام:',
  smalltalk: 'أنا برنامج وليس لدي ما أحكيه عن نفسي؛ أفيدك أكثر في {about}. ماذا تود أن تعرف؟',
  rude: 'يؤسفني أن ذلك لم ينفع. لا أعرف إلا ما ورد في {about}؛ هل نجرب سؤالا آخر؟',
  unclear: 'ماذا تود أن تعرف؟ أجيب عن الأسئلة حول {about}.',
  nothing_before: 'لم يُسأل شيء بعد. اكتب سؤالك في جملة كاملة من فضلك.',
  summary: 'أقسام {title}، {edition}، كل منها ببدايته:',
  no_summary: 'لا يوجد فيها ما ألخصه.',
  looked_again: 'نظرت مرة أخرى. ورد ذلك حرفيا هنا: {places}. الفقرات كاملة أدناه؛ أما صحتها هي فلا أستطيع الحكم عليها.',
  confirmed: 'نظرت مرة أخرى، وهكذا ورد:',
  corrected: 'نظرت مرة أخرى، وأعتذر: ما قيل من قبل لا يرد هناك. ما يرد هو:',
  not_answered: 'نظرت مرة أخرى: لا تجيب المذكرات بوضوح عن «{question}»، فلا أجزم بشيء. الأقرب إليه أدناه.',
  not_said: 'لا تذكر المذكرات ذلك. الأقرب إليه أدناه.',
  shortest: 'أنا أقتبس فقط، وهي جملة واحدة أصلا. مصدرها أعلاه.',
  further: 'ما يقترب منه أيضا أدناه.',
  nothing_further: 'لم أجد المزيد عنه. اسأل عن شيء محدد ربما.',
  no_translation: 'لا أستطيع الترجمة: من دون نموذج لغوي أقتبس فقط بلغة المذكرات.',
  no_earlier: 'لا توجد طبعة أقدم منها.',
  editions: 'الطبعات: {dates}',
  could_ask: 'يمكنك أن تسأل:',
};

const ALL: Readonly<Record<string, TalkWords>> = { en, de, fr, es, zh, ar };
const COUNTED: Readonly<Record<string, Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>>> = {
  en: { one: 'one briefing', other: '{n} briefings' },
  de: { one: 'einem Briefing', other: '{n} Briefings' },
  fr: { one: 'une note', other: '{n} notes' },
  es: { one: 'un informe', other: '{n} informes' },
  zh: { other: '{n} 份简报' },
  ar: { one: 'مذكرة واحدة', two: 'مذكرتين', few: '{n} مذكرات', other: '{n} مذكرة' },
};

/** Talk in a language; English where there is none. */
export function talkWords(language: string) {
  const own = Object.hasOwn(ALL, language) ? language : 'en';
  const words = ALL[own] as TalkWords;
  const counted = COUNTED[own] as (typeof COUNTED)[string];
  const plural = new Intl.PluralRules(own);
  const list = new Intl.ListFormat(own, { type: 'conjunction' });
  return {
    language: own,
    words,
    /** "one briefing", "5 briefings". */
    count: (n: number): string => (counted[plural.select(n)] ?? counted.other).replace('{n}', String(n)),
    list: (texts: readonly string[]): string => list.format(texts),
    quoted: (title: string): string => `${words.quotes[0]}${title}${words.quotes[1]}`,
    /** A template with its values; a value may hold braces itself. */
    say: (key: Exclude<keyof TalkWords, 'quotes'>, values: Readonly<Record<string, string>> = {}): string =>
      words[key].replace(/\{([a-z]+)(?:, [a-z]+)?\}/g, (whole, name: string) => values[name] ?? whole),
  };
}
