/** What the API reference says around the operations; what stands between backticks is code. */
export interface ReferenceTexts {
  title: string;
  basics: string;
  errors: string;
  schemas: string;
  address: string;
  format: string;
  formatHow: string;
  keys: string;
  keysHow: string;
  machine: string;
  machineHow: string;
  tracing: string;
  tracingHow: string;
  mcpHow: string;
  english: string;
  parameters: string;
  body: string;
  example: string;
  replies: string;
  required: string;
  schemasHow: string;
  errorsHow: string;
  noError: string;
}

export const referenceTexts: Readonly<Record<string, ReferenceTexts>> = {
  en: {
    title: 'API reference',
    basics: 'Basics',
    errors: 'Errors',
    schemas: 'Schemas',
    address: 'Address',
    format: 'Format',
    formatHow: 'JSON in UTF-8, both ways. Offsets count Unicode code points; the end is exclusive.',
    keys: 'Keys',
    keysHow:
      'Where the service asks who you are: `Authorization: Bearer …`. Pages of other sites send their site token in the header `pilcrow-token`.',
    machine: 'Machine-readable',
    machineHow: '(OpenAPI 3.1). This page is made from it.',
    tracing: 'Tracing a call',
    tracingHow: 'Each reply has `x-request-id`; a short one that you send is kept.',
    mcpHow: 'Clients of the Model Context Protocol connect to `{address}`.',
    english: 'Operations are described in English.',
    parameters: 'Parameters',
    body: 'Body',
    example: 'Example',
    replies: 'Replies',
    required: 'required',
    schemasHow: 'What comes back. In a name, `[]` stands for each entry of an array.',
    errorsHow:
      'Every failure is a problem (RFC 9457) with a status that fits. `detail` says what is wrong, `hint` what to do, `errors` where in the body. Clients of OpenAI read the member `error`. Where trying again may help (429, 503), `Retry-After` says when.',
    noError: 'That the briefings do not answer is no error: the reply has status 200 and says `not_found`.',
  },
  de: {
    title: 'API-Referenz',
    basics: 'Grundlagen',
    errors: 'Fehler',
    schemas: 'Schemas',
    address: 'Adresse',
    format: 'Format',
    formatHow: 'JSON in UTF-8, in beiden Richtungen. Stellen zählen Unicode-Codepunkte; das Ende ist ausgeschlossen.',
    keys: 'Schlüssel',
    keysHow:
      'Wo der Dienst wissen will, wer fragt: `Authorization: Bearer …`. Seiten anderer Websites senden ihr Token in der Kopfzeile `pilcrow-token`.',
    machine: 'Maschinenlesbar',
    machineHow: '(OpenAPI 3.1). Diese Seite ist daraus gemacht.',
    tracing: 'Aufrufe verfolgen',
    tracingHow: 'Jede Antwort hat `x-request-id`; eine kurze, die mitgesandt wird, bleibt erhalten.',
    mcpHow: 'Clients des Model Context Protocol verbinden sich mit `{address}`.',
    english: 'Die Operationen sind auf Englisch beschrieben.',
    parameters: 'Parameter',
    body: 'Inhalt',
    example: 'Beispiel',
    replies: 'Antworten',
    required: 'nötig',
    schemasHow: 'Was zurückkommt. In einem Namen steht `[]` für jeden Eintrag einer Liste.',
    errorsHow:
      'Jeder Fehler ist ein Problem (RFC 9457) mit passendem Status. `detail` sagt, was nicht stimmt, `hint`, was zu tun ist, `errors`, wo im Inhalt. Clients von OpenAI lesen `error`. Wo ein neuer Versuch helfen kann (429, 503), sagt `Retry-After`, wann.',
    noError: 'Dass die Briefings nicht antworten, ist kein Fehler: Die Antwort hat Status 200 und sagt `not_found`.',
  },
  fr: {
    title: 'Référence de l’API',
    basics: 'L’essentiel',
    errors: 'Erreurs',
    schemas: 'Schémas',
    address: 'Adresse',
    format: 'Format',
    formatHow: 'JSON en UTF-8, dans les deux sens. Les positions comptent des points de code Unicode ; la fin est exclue.',
    keys: 'Clés',
    keysHow:
      'Là où le service demande qui vous êtes : `Authorization: Bearer …`. Les pages d’autres sites envoient leur jeton dans l’en-tête `pilcrow-token`.',
    machine: 'Lisible par machine',
    machineHow: '(OpenAPI 3.1). Cette page en est tirée.',
    tracing: 'Suivre un appel',
    tracingHow: 'Chaque réponse porte `x-request-id` ; un identifiant court que vous envoyez est conservé.',
    mcpHow: 'Les clients du Model Context Protocol se connectent à `{address}`.',
    english: 'Les opérations sont décrites en anglais.',
    parameters: 'Paramètres',
    body: 'Corps',
    example: 'Exemple',
    replies: 'Réponses',
    required: 'requis',
    schemasHow: 'Ce qui revient. Dans un nom, `[]` désigne chaque élément d’un tableau.',
    errorsHow:
      'Chaque échec est un problème (RFC 9457) avec le statut qui convient. `detail` dit ce qui ne va pas, `hint` que faire, `errors` où dans le corps. Les clients d’OpenAI lisent `error`. Là où réessayer peut aider (429, 503), `Retry-After` dit quand.',
    noError: 'Que les notes ne répondent pas n’est pas une erreur : la réponse a le statut 200 et dit `not_found`.',
  },
  es: {
    title: 'Referencia de la API',
    basics: 'Lo básico',
    errors: 'Errores',
    schemas: 'Esquemas',
    address: 'Dirección',
    format: 'Formato',
    formatHow: 'JSON en UTF-8, en ambos sentidos. Las posiciones cuentan puntos de código Unicode; el final queda excluido.',
    keys: 'Claves',
    keysHow:
      'Donde el servicio pregunta quién es usted: `Authorization: Bearer …`. Las páginas de otros sitios envían su token en la cabecera `pilcrow-token`.',
    machine: 'Legible por máquinas',
    machineHow: '(OpenAPI 3.1). Esta página se hace a partir de él.',
    tracing: 'Seguir una llamada',
    tracingHow: 'Cada respuesta lleva `x-request-id`; uno corto que usted envíe se conserva.',
    mcpHow: 'Los clientes del Model Context Protocol se conectan a `{address}`.',
    english: 'Las operaciones se describen en inglés.',
    parameters: 'Parámetros',
    body: 'Cuerpo',
    example: 'Ejemplo',
    replies: 'Respuestas',
    required: 'obligatorio',
    schemasHow: 'Lo que vuelve. En un nombre, `[]` representa cada entrada de una lista.',
    errorsHow:
      'Todo fallo es un problema (RFC 9457) con el estado que corresponde. `detail` dice qué está mal, `hint` qué hacer, `errors` en qué parte del cuerpo. Los clientes de OpenAI leen `error`. Donde volver a intentarlo puede ayudar (429, 503), `Retry-After` dice cuándo.',
    noError: 'Que los informes no respondan no es un error: la respuesta tiene estado 200 y dice `not_found`.',
  },
  ar: {
    title: 'مرجع واجهة البرمجة',
    basics: 'الأساسيات',
    errors: 'الأخطاء',
    schemas: 'المخططات',
    address: 'العنوان',
    format: 'الصيغة',
    formatHow: 'JSON بترميز UTF-8 في الاتجاهين. تعدّ المواضع نقاط ترميز يونيكود، والنهاية غير داخلة.',
    keys: 'المفاتيح',
    keysHow: 'حيث تسأل الخدمة من أنت: `Authorization: Bearer …`. ترسل صفحات المواقع الأخرى رمزها في الترويسة `pilcrow-token`.',
    machine: 'مقروء آليًا',
    machineHow: '(OpenAPI 3.1). هذه الصفحة مصنوعة منه.',
    tracing: 'تتبّع الطلب',
    tracingHow: 'لكل رد `x-request-id`؛ ويُحتفظ بالقصير الذي ترسله.',
    mcpHow: 'يتصل عملاء Model Context Protocol بـ `{address}`.',
    english: 'وُصفت العمليات بالإنجليزية.',
    parameters: 'المعاملات',
    body: 'المحتوى',
    example: 'مثال',
    replies: 'الردود',
    required: 'مطلوب',
    schemasHow: 'ما يعود. في الاسم تعني `[]` كل عنصر من قائمة.',
    errorsHow:
      'كل إخفاق مشكلة (RFC 9457) بحالة تناسبها. يقول `detail` ما الخطأ، و`hint` ما العمل، و`errors` أين في المحتوى. يقرأ عملاء OpenAI العضو `error`. وحيث تنفع المحاولة ثانية (429، 503) يقول `Retry-After` متى.',
    noError: 'ألا تجيب الإحاطات ليس خطأ: حالة الرد 200 ويقول `not_found`.',
  },
  zh: {
    title: 'API 参考',
    basics: '基础',
    errors: '错误',
    schemas: '模式',
    address: '地址',
    format: '格式',
    formatHow: '双向均为 UTF-8 的 JSON。偏移按 Unicode 码点计数，不含末位。',
    keys: '密钥',
    keysHow: '服务要求身份时：`Authorization: Bearer …`。其他网站的页面在请求头 `pilcrow-token` 中发送其令牌。',
    machine: '机器可读',
    machineHow: '（OpenAPI 3.1）。本页由它生成。',
    tracing: '跟踪调用',
    tracingHow: '每个回复都带有 `x-request-id`；您发送的较短标识会保留。',
    mcpHow: 'Model Context Protocol 客户端连接到 `{address}`。',
    english: '各项操作以英文说明。',
    parameters: '参数',
    body: '请求体',
    example: '示例',
    replies: '回复',
    required: '必填',
    schemasHow: '返回的内容。名称中的 `[]` 代表数组的每一项。',
    errorsHow:
      '每个失败都是一个问题（RFC 9457），并带有相应状态。`detail` 说明错在哪里，`hint` 说明该怎么办，`errors` 指出在请求体的何处。OpenAI 客户端读取成员 `error`。重试可能有用时（429、503），`Retry-After` 说明何时。',
    noError: '简报没有答案不是错误：回复状态为 200，并说明 `not_found`。',
  },
};
