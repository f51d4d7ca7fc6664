/**
 * A small dictionary from French, Spanish, German and Chinese into English, for questions over English briefings when no
 * model translates them. One concept a line: `english : french : spanish : german : chinese`; alternatives are parted by
 * commas, `*` stands for any ending. Written for what offices write about: work, law, money, cooperation, dates, people.
 * Names of bodies, countries, months and numbers are not here: src/core/text has them.
 */
const GENERAL = `
agreement : accord, accords, entente : acuerdo, acuerdos : abkommen, vereinbarung* : 协议,协定
convention : convention, conventions : convenio, convenios, convención, convenciones : übereinkommen, konvention, konventionen : 公约
ratified : ratifi* : ratific*, : ratifizier* : 批准
signed : signé, signée, signés, signées, signer, signe, signent, signa, signature : firm* : unterzeichn*, unterschr*, unterschrieb* : 签署,签订,签了,签
ministries : ministères : ministerios : ministerien : 部委
ministry : ministère : ministerio : ministerium : 部门
minister : ministre* : ministr* : minister, ministerin : 部长
vice minister : vice-ministre, vice ministre : viceministro, viceministra : vizeminister* : 副部长
president : président* : president* : präsident* : 主席,总统
director : directeur, directrice : director, directora : direktor* : 局长,主任,司长
state councilor : conseiller d'état, conseillère d'état : consejero de estado, consejera de estado : staatsrat, staatsrätin : 国务委员
office : bureau, bureaux, office : oficina, oficinas : büro, büros, amt : 办事处,办公室,局
Beijing : pékin, beijing : pekín, beijing : peking, pekings : 北京
Geneva : genève : ginebra : genf : 日内瓦
headquarters : siège : sede : hauptsitz, zentrale : 总部
established : créé, créée, créés, créées, fondé, fondée, établi, établie, ouvert, ouverte, mis en place, création : establec*, fundad*, fundó, cread*, creó, abri* : gegründet, eingerichtet, eröffnet, errichtet, gründung : 设立,成立,建立,开设
founding : fondateur, fondateurs, fondatrice : fundador, fundadora, fundadores : gründungs*, gründer : 创始
member : membre, membres : miembro, miembros : mitglied* : 成员,会员
state : état, états : estado, estados : staat, staaten : 国家
launched : lancé, lancée, lancés, lancées, lancer, lancement, débuté : lanz* : gestartet, lanciert, ins leben gerufen, startete : 启动,推出,发起
started : commencé, commence, commencer, début, débute : empez*, empieza, comienz*, comenz*, inicio, inició, inicia : begann, beginn*, begonnen, anfang, start : 开始
ends : fin, finit, termine, se termine, prend fin, s'achève : fin, termina, terminó, finaliza, acaba : endet, ende : 结束,截止
extended : prolongé*, étendu* : prolong*, prorrog*, extend*, ampli* : verlänger* : 延长,延期
renewed : renouvel* : renov* : erneuer* : 续签,更新
proposed : proposé* : propus*, propuest* : vorgeschlagen, vorschlug : 提出,提议
held : tenu, tenue, tenir, organisé, organisée, détenu, assuré : celebr*, organiz*, ocup*, ejerci* : abgehalten, veranstaltet, innehat*, hatte inne, innehatte : 举行,举办,担任
will hold : assurera, tiendra, exercera, présidera : ocupará, ejercerá, asumirá, presidirá : übernehmen, übernimmt, innehaben wird : 将担任
took place : a eu lieu, eu lieu, s'est déroulé* : tuvo lugar, tuvieron lugar : fand statt, stattfand, stattgefunden : 召开
visited : visité*, visite, visiter : visit* : besuch* : 访问,参观,考察
joined : rejoint, rejoindre, adhéré : uni*, sumó, adhir* : beigetreten, beitrat, schloss sich, angeschlossen : 加入
attended : participé, assisté : asisti*, particip* : nahm teil, teilgenommen, teilnahm*, nahmen teil : 参加,出席
participants : participants, participantes : participantes : teilnehmer* : 参与者,学员,参加者
spoke : parlé, parle : habló, habla : sprach, gesprochen : 发言
gave : prononcé, prononce : pronunció, pronunciado : gehalten, hielt : 发表
said : dit, disait : dice, dijo, decía : sagt, sagte : 说
supports : soutient, soutien, soutenir, appuie, appui, appuyer, soutenu* : apoy* : unterstütz* : 支持
promotes : promeut, promouvoir, promotion, encourage, favorise* : promuev*, promov*, foment*, promoción : förder* : 促进,推动
strengthens : renforc* : fortalec*, reforz*, refuerz* : stärk* : 加强
developed : développé* : desarroll* : entwickelt : 开发,制定
development : développement : desarrollo : entwicklung, entwicklungs : 发展
cooperation : coopération : cooperación : zusammenarbeit, kooperation : 合作
development cooperation : coopération au développement : cooperación para el desarrollo : entwicklungszusammenarbeit : 发展合作
south-south : sud-sud : sur-sur, sur sur : süd-süd : 南南
south-south cooperation : coopération sud-sud : cooperación sur-sur, cooperación sur sur : süd-süd-kooperation, süd-süd-zusammenarbeit : 南南合作
triangular : triangulaire : triangular : dreiecks* : 三角,三方合作
partnership : partenariat, partenariats : alianza, asociación, colaboración : partnerschaft* : 伙伴关系
partner : partenaire : socio, socia : partner : 合作伙伴,伙伴
partners : partenaires : socios : partnern : 伙伴
project : projet : proyecto : projekt, projekts, projektes : 项目
projects : projets : proyectos : projekte, projekten : 项目
programme : programme : programa : programm, programms : 方案,计划,规划
programmes : programmes : programas : programme : 方案
initiative : initiative : iniciativa : initiative : 倡议
phase : phase : fase : phase : 阶段
second phase : deuxième phase, seconde phase : segunda fase : zweite phase, zweiten phase : 第二阶段,二期
first : premier, première, premiers, premières : primer, primero, primera : erste, ersten, erstes, erster, erstmals : 首次,首个,第一次
second : deuxième, second, seconde : segundo, segunda : zweite, zweiten, zweites : 第二次
third : troisième : tercer, tercera, tercero : dritte, dritten : 第三次
contribution : contribution : contribución, aporte, aportación : beitrag : 捐款,出资,捐助
contributions : contributions : contribuciones, aportes, aportaciones : beiträge, beiträgen : 捐款
voluntary contributions : contributions volontaires : contribuciones voluntarias : freiwillige beiträge, freiwilligen beiträge, freiwillige, freiwilligen : 自愿捐款
contributed : contribué, versé, apporté, donné, fourni : contribuyó, aportó, aportado, contribuido, donó : beigetragen, beigesteuert, gezahlt, gegeben, stellte bereit, bereitgestellt : 贡献,提供
committed : engagé : comprometió, comprometido : zugesagt : 承诺
funds : finance, financé, financés, financée, financées, financement, fonds : financia*, financió, fondos, fondo : finanziert, finanzierung, fonds, mittel : 资助,资金,供资
trust fund : fonds fiduciaire, fonds d'affectation : fondo fiduciario : treuhandfonds : 信托基金,基金
peace : paix : paz : frieden, friedens : 和平
budget : budget : presupuesto : budget, haushalt : 预算
amount : montant, somme : monto, importe, cantidad, suma : betrag, summe : 金额,总额
total : total, totale, au total : total : gesamt*, insgesamt : 总共,总计,共
money : argent : dinero : geld : 钱,款
cost : coût, coûte, coûts : costo, coste, cuesta : kosten, kostet : 费用
worth : d'une valeur : valor : wert : 价值
number : nombre : número : anzahl, zahl : 数量,数目
people : personnes, gens : personas, gente : menschen, personen, leute : 人们,人员
beneficiaries : bénéficiaires : beneficiarios : begünstigte* : 受益人,受益者,受益
benefited : bénéficié, profité, bénéficient : benefici* : profitier* : 受惠
reached : atteint, touché : alcanz*, llegó : erreicht* : 惠及,覆盖,达到
workers : travailleurs, travailleuses, ouvriers : trabajadores, trabajadoras, obreros : arbeiter*, arbeitnehmer*, beschäftigte* : 工人,劳动者
worker : travailleur : trabajador : arbeiter : 工人
workers' organizations : organisations de travailleurs, organisations syndicales : organizaciones de trabajadores : arbeitnehmerorganisationen : 工人组织
employers : employeurs : empleadores, empresarios : arbeitgeber* : 雇主
trade unions : syndicats : sindicatos : gewerkschaften : 工会
trade union : syndicat, syndical, syndicale, syndicales, syndicaux : sindicato, sindical, sindicales : gewerkschaft, gewerkschaftlich* : 工会
enterprises : entreprises : empresas : unternehmen, betriebe : 企业
company : entreprise, société : empresa : firma, unternehmen : 公司
employment : emploi, emplois : empleo, empleos : beschäftigung*, beschäftigungs : 就业
public employment services : services publics de l'emploi, services publics d'emploi : servicios públicos de empleo : öffentliche arbeitsvermittlung, öffentliche arbeitsverwaltung : 公共就业服务
labour market : marché du travail : mercado de trabajo, mercado laboral : arbeitsmarkt, arbeitsmarkts, arbeitsmarkt* : 劳动力市场
labour market information : informations sur le marché du travail, information sur le marché du travail : información sobre el mercado de trabajo, información del mercado laboral : arbeitsmarktinformation* : 劳动力市场信息
labour : travail, main-d'œuvre : laboral, laborales, trabajo : arbeit, arbeits : 劳动,劳工
decent work : travail décent : trabajo decente : menschenwürdige arbeit, menschenwürdiger arbeit, menschenwürdigen arbeit : 体面劳动,体面工作
country programme : programme par pays : programa de país, programa por país : landesprogramm : 国别计划,国别方案
social justice : justice sociale : justicia social : soziale gerechtigkeit, sozialer gerechtigkeit : 社会正义,社会公正
social protection : protection sociale : protección social : sozialschutz, soziale sicherung, sozialer schutz, sozialen schutz : 社会保护,社会保障
social security : sécurité sociale : seguridad social : soziale sicherheit, sozialen sicherheit, sozialer sicherheit, sozialversicherung : 社会保障,社保
skills : compétences : competencias, capacidades, habilidades : kompetenz*, qualifikation*, fähigkeiten : 技能
skills development : développement des compétences : desarrollo de competencias, desarrollo de capacidades, desarrollo de habilidades : kompetenzentwicklung, qualifizierung : 技能开发,技能发展
training : formation, formations : formación, capacitación : ausbildung, schulung*, weiterbildung : 培训
apprenticeship : apprentissage : aprendizaje : lehre, ausbildungs* : 学徒制,学徒
informal economy : économie informelle : economía informal : informelle wirtschaft, informellen wirtschaft : 非正规经济
informal workers : travailleurs informels, travailleurs de l'économie informelle : trabajadores informales, trabajadores de la economía informal : informell beschäftigte : 非正规就业人员,非正规经济工人
platform workers : travailleurs des plateformes : trabajadores de plataformas : plattformarbeiter*, plattformbeschäftigte* : 平台工人,平台劳动者
rights : droits : derechos : rechte : 权利,权益
digital transformation : transformation numérique : transformación digital : digitale transformation, digitalen transformation, digitalisierung : 数字化转型,数字转型
digital : numérique, numériques : digital, digitales : digital* : 数字
mobile application : application mobile : aplicación móvil : mobile app, mobile anwendung, mobilen app, handy-app : 移动应用,手机应用
occupational safety and health : sécurité au travail, santé au travail : seguridad laboral, salud laboral : arbeitsschutz, arbeitssicherheit : 职业安全健康,职业安全
safety : sécurité : seguridad : sicherheit : 安全
safety of special equipment : sécurité des équipements spéciaux, équipements spéciaux : seguridad de equipos especiales, equipos especiales : spezialausrüstung, sicherheit von spezialausrüstung : 特种设备安全,特种设备
market regulation : régulation du marché, réglementation du marché, régulation des marchés : regulación del mercado : marktregulierung, marktaufsicht : 市场监管
Maritime Labour Convention : convention du travail maritime : convenio sobre el trabajo marítimo : seearbeitsübereinkommen : 海事劳工公约
Maritime Silk Road : route maritime de la soie, route de la soie maritime : ruta marítima de la seda : maritime seidenstraße, maritimen seidenstraße : 海上丝绸之路
maritime : maritime, maritimes : marítim* : seeschifffahrt, maritim* : 海事
Ministry of Transport : ministère des transports : ministerio de transporte, ministerio de transportes : verkehrsministerium : 交通运输部,交通部
Ministry of Emergency Management : ministère de la gestion des urgences, ministère des situations d'urgence : ministerio de gestión de emergencias : ministerium für katastrophenschutz, ministerium für notfallmanagement : 应急管理部,应急部
emergency : urgence, urgences : emergencia, emergencias : notfall : 应急
International Labour Conference : conférence internationale du travail : conferencia internacional del trabajo : internationale arbeitskonferenz, internationalen arbeitskonferenz, arbeitskonferenz : 国际劳工大会
conference : conférence : conferencia : konferenz : 大会,会议
meeting : réunion, rencontre : reunión : treffen, sitzung, tagung : 会议
seminar : séminaire : seminario : seminar : 研讨会,研讨班
seminars : séminaires : seminarios : seminare, seminaren : 研讨班,研讨会
dialogue : dialogue : diálogo : dialog : 对话
policy dialogue : dialogue sur les politiques, dialogue politique : diálogo sobre políticas, diálogo de políticas : politikdialog : 政策对话
event : événement, manifestation : evento, acto : veranstaltung : 活动
speech : discours : discurso : rede : 讲话,演讲
presidency : présidence : presidencia : vorsitz, präsidentschaft : 主席国,主席
university : université : universidad : universität, hochschule : 大学
school : école : escuela : schule : 学院
economics and management : économie et gestion, économie et de gestion : economía y gestión, economía y administración : wirtschaft und management : 经济管理
institutions : institutions, établissements : instituciones, centros : institutionen, einrichtungen : 机构,院校
institute : institut : instituto : institut : 研究所
network : réseau : red : netzwerk, netz : 网络
center : centre : centro : zentrum : 中心
unit : unité : unidad : abteilung, referat : 单位,部门
study : étude : estudio : studie : 研究
report : rapport : informe : bericht : 报告
guide : guide : guía : leitfaden, handbuch : 指南
published : publié* : public* : veröffentlicht* : 发布,出版
compiled : rédigé, élaboré, compilé : elabor*, recopil*, redact* : erstellt, zusammengestellt, verfasst : 编写,编制
responsible business conduct : conduite responsable des entreprises : conducta empresarial responsable : verantwortungsvolles unternehmerisches handeln : 负责任商业行为
compliance : conformité, respect : cumplimiento : einhaltung, compliance : 合规
law : loi, droit : ley : gesetz : 法律,法
laws : lois : leyes : gesetze : 法律
policy : politique : política : politik : 政策
policies : politiques : políticas : politiken, maßnahmen : 政策
roadmap : feuille de route : hoja de ruta : fahrplan : 路线图
reform : réforme* : reforma* : reform* : 改革
governance : gouvernance : gobernanza : governance, steuerung : 治理
government : gouvernement : gobierno : regierung : 政府
poverty : pauvreté : pobreza : armut : 贫困,贫穷,减贫
women : femmes : mujeres : frauen : 妇女,女性
youth : jeunes, jeunesse : jóvenes, juventud : jugend*, junge menschen : 青年
children : enfants : niños : kinder : 儿童
child labour : travail des enfants : trabajo infantil : kinderarbeit : 童工
forced labour : travail forcé : trabajo forzoso : zwangsarbeit : 强迫劳动
minimum wage : salaire minimum : salario mínimo : mindestlohn : 最低工资
wages : salaires : salarios : löhne : 工资
unemployment : chômage : desempleo : arbeitslosigkeit : 失业
pension : retraite, pension : pensión, jubilación : rente : 养老金
climate : climat : clima : klima : 气候
just transition : transition juste : transición justa : gerechter übergang, gerechten übergang : 公正转型
artificial intelligence : intelligence artificielle : inteligencia artificial : künstliche intelligenz : 人工智能
electric vehicles : véhicules électriques : vehículos eléctricos : elektroautos : 电动汽车
new energy vehicles : véhicules à énergies nouvelles : vehículos de nueva energía : fahrzeuge mit neuer energie : 新能源汽车
health : santé : salud : gesundheit* : 卫生,健康
education : éducation, enseignement : educación : bildung : 教育
priority : priorité : prioridad : priorität : 重点,优先
priorities : priorités : prioridades : prioritäten, schwerpunkte : 优先事项,优先领域,重点
shared priorities : priorités communes, priorités partagées : prioridades compartidas, prioridades comunes : gemeinsame prioritäten, gemeinsamen prioritäten : 共同重点
goal : objectif, but : objetivo : ziel : 目标
goals : objectifs, buts : objetivos : ziele : 目标
results : résultats : resultados : ergebnisse : 成果,结果
model : modèle : modelo : modell : 模式
four-tiered training model : modèle de formation à quatre niveaux : modelo de formación de cuatro niveles : vierstufiges ausbildungsmodell, vierstufiges schulungsmodell : 四级培训模式
global : mondial, mondiale, mondiaux : mundial, global : global*, weltweit : 全球
international : international, internationale, internationaux, internationales : internacional, internacionales : international* : 国际
national : national, nationale, nationaux : nacional, nacionales : national* : 国家,全国
regional : régional, régionale, régionaux : regional, regionales : regional* : 区域,地区
development initiative : initiative pour le développement, initiative de développement : iniciativa de desarrollo : entwicklungsinitiative : 发展倡议
general assembly : assemblée générale : asamblea general : generalversammlung, vollversammlung : 联合国大会,大会
Africa : afrique : áfrica : afrika : 非洲
Asia : asie : asia : asien : 亚洲
Pacific : pacifique : pacífico : pazifik : 太平洋
Asia and the Pacific : asie et pacifique, asie-pacifique, asie et le pacifique : asia y el pacífico : asien und pazifik, asien-pazifik, asien und im pazifik : 亚太,亚洲及太平洋
South-East Asia : asie du sud-est : sudeste asiático, asia sudoriental : südostasien : 东南亚
Hong Kong : hong kong, hongkong : hong kong : hongkong : 香港
Macau : macao, macau : macao : macau : 澳门
special administrative regions : régions administratives spéciales : regiones administrativas especiales : sonderverwaltungsregionen, sonderverwaltungszonen : 特别行政区
country : pays : país : land : 国家
countries : pays : países : länder, ländern : 国家
region : région : región : region : 地区
city : ville : ciudad : stadt : 城市
address : adresse : dirección : adresse, anschrift : 地址
postal address : adresse postale : dirección postal : postanschrift, postadresse : 邮寄地址,通讯地址,邮政地址
telephone : téléphone, numéro de téléphone : teléfono, número de teléfono : telefon, telefonnummer : 电话,电话号码
e-mail : e-mail, courriel, mail, adresse électronique, adresse e-mail, adresse courriel, adresse mail : correo electrónico, correo, e-mail, email : e-mail, email, e-mail-adresse, mailadresse : 电子邮件,邮箱,电邮,电子邮箱
website : site web, site internet : sitio web, página web : website, webseite, internetseite : 网站,网址
contact : contact, contacter, joindre : contacto, contactar : kontakt, kontaktieren, erreichen : 联系,联络
senior officials : hauts fonctionnaires, hauts responsables : altos funcionarios : hohe beamte, hochrangige beamte : 高级官员,高官
experts : experts : expertos : experten : 专家
policymakers : décideurs, responsables politiques : responsables políticos, formuladores de políticas : entscheidungsträger : 决策者,政策制定者
secondment : détachement, détachements : comisión de servicio, adscripción : abordnung*, entsendung* : 借调
junior professional officers : jeunes cadres, administrateurs auxiliaires : funcionarios subalternos, oficiales profesionales jóvenes : nachwuchsexperten, nachwuchsfachkräfte : 初级专业官员
tripartite : tripartite, tripartites : tripartito, tripartita, tripartitos : dreigliedrig*, tripartit* : 三方
constituents : mandants : mandantes : mitgliedsgruppen : 成员,三方成员
implementing partner : partenaire d'exécution, partenaire de mise en œuvre : socio ejecutor, socio de ejecución, asociado en la ejecución : durchführungspartner, umsetzungspartner : 实施伙伴,执行伙伴
implemented : mis en œuvre, exécuté : ejecut*, implement*, aplic* : umgesetzt, durchgeführt : 实施,执行
edition : édition, version : edición, versión : ausgabe, fassung, auflage : 版,版本
previous edition : édition précédente, dernière édition, version précédente : edición anterior, versión anterior : vorherige ausgabe, vorherigen ausgabe, vorige ausgabe, letzten ausgabe, vorigen ausgabe : 上一版,前一版
changed : changé, change, modifié : cambi* : geändert, verändert : 改变,变化,变了
new : nouveau, nouveaux, nouvelle, nouvelles, neuf, récent* : nuevo, nueva, nuevos, nuevas, reciente* : neu, neue, neues, neuen, neuer : 新
emerging : émergents, émergentes : emergentes : neue, aufstrebend* : 新兴
traditional : traditionnels, traditionnel : tradicionales : traditionelle* : 传统
trades : métiers : oficios : berufe, handwerke : 行业,工种
sectors : secteurs : sectores : sektoren, branchen : 部门,行业
year : année, an : año : jahr : 年
years : années, ans : años : jahre, jahren : 年
currently : actuellement, actuel, actuelle : actualmente, actual : derzeit, gegenwärtig*, aktuell* : 目前,现在
recently : récemment : recientemente : kürzlich, neuerdings, zuletzt : 最近
last : dernier, dernière, derniers : último, última : letzte* : 最后
next : prochain, prochaine : próximo, próxima : nächste* : 下一
topics : thèmes, sujets : temas : themen : 主题,议题
areas : domaines : áreas, ámbitos : bereiche : 领域
activities : activités : actividades : aktivitäten, tätigkeiten : 活动
covers : couvre, couvert, couvrent : cubre, abarca : umfasst, deckt : 涵盖,负责,覆盖
mission : mission : misión : mission : 使命
name : nom : nombre : name : 名称,名字
called : appelé*, s'appelle, intitulé* : se llama, llamado, titulad* : heißt, genannt, namens : 叫,称为
stands for : signifie, veut dire : significa, quiere decir : bedeutet, steht für : 代表
links : relie, relié : conecta, vincula, enlaza : verbindet : 连接
received : reçu, reçoit, reçus : recib* : erhalten, erhielt, bekommen, bekam : 收到,获得
gives : donne : da, dio, otorga : gibt : 给
aims : vise, cherche : busca, pretende : zielt, will, soll : 旨在
helps : aide : ayuda : hilft : 帮助
works : travaille, œuvre : trabaja : arbeitet : 工作
does : fait : hace : macht, tut : 做
happened : passé, arrivé : ocurri*, pasó, sucedi* : geschehen, passiert, geschah : 发生
celebrated : célébr* : celebr* : gefeiert : 庆祝
cooperation years : années de coopération : años de cooperación : jahre zusammenarbeit : 年合作
leads : dirige, conduit, mène : dirige, lidera : leitet, führt : 领导,负责
channels : canaux, voies : canales, vías : kanäle, wege : 渠道
experience : expérience : experiencia : erfahrung* : 经验
overseas : à l'étranger : en el extranjero : im ausland : 海外,境外
foreign aid : aide extérieure, aide étrangère : ayuda exterior : auslandshilfe : 援外
workplace : lieu de travail : lugar de trabajo : arbeitsplatz : 工作场所
working environment : milieu de travail, environnement de travail : entorno de trabajo, ambiente de trabajo : arbeitsumfeld, arbeitsumgebung : 工作环境
gender equality : égalité des sexes, égalité entre les sexes : igualdad de género : gleichstellung : 性别平等
migrant workers : travailleurs migrants : trabajadores migrantes : wanderarbeiter*, arbeitsmigranten : 移民工人,农民工
strike : grève : huelga : streik : 罢工
population : population : población : bevölkerung : 人口
capital : capitale : capital : hauptstadt : 首都
amounts : s'élève, s'élèvent, s'élevait, se monte, atteint : asciende*, ascend*, suma : beläuft, belaufen, belief, beliefen, betrug, betrugen, beträgt, betragen : 达到,达
paid : payé, paie, verse, versé : pagó, paga, pagado : zahlt, zahlte, bezahlt : 支付,付
reached : atteint, touche : llegado, alcanzado, llega : erreicht : 惠及
between : entre : entre : zwischen : 之间
worked : travaillé, œuvré : trabajó, trabajado : gearbeitet : 工作
adopted : adopté, adoptée : adopt* : angenommen, verabschiedet : 通过
agreed : convenu, décidé : acord*, convin* : vereinbart : 商定,同意
created : créé, créée : creado, creada, creó : geschaffen : 创建
shares : partage, échange : comparte, intercambia : teilt, tauscht aus : 分享,交流
exchange : échange, échanges : intercambio, intercambios : austausch : 交流
knowledge : connaissances, savoir : conocimiento, conocimientos : wissen, kenntnisse : 知识
technical assistance : assistance technique, aide technique : asistencia técnica : technische hilfe, technische unterstützung : 技术援助
young people : jeunes gens, jeunes : jóvenes : junge leute, jugendliche : 年轻人,青年人
young experts : jeunes experts : jóvenes expertos : junge experten, jungen experten : 青年专家
videos : vidéos : vídeos, videos : videos : 视频
future : avenir, futur : futuro : zukunft : 未来
future of work : avenir du travail : futuro del trabajo : zukunft der arbeit : 未来工作,劳动世界的未来
five year plan : plan quinquennal : plan quinquenal : fünfjahresplan : 五年规划,五年计划
job centres : centres pour l'emploi : centros de empleo, oficinas de empleo : arbeitsämter, jobcenter, arbeitsvermittlungen : 就业中心
secretary-general : secrétaire général : secretario general : generalsekretär* : 秘书长
representatives : représentants : representantes : vertreter : 代表
training centre : centre de formation : centro de formación, centro de capacitación : ausbildungszentrum, schulungszentrum, trainingszentrum : 培训中心
fax : fax, télécopie : fax : fax, faxnummer : 传真
trained : formé, formés : formó, formado, capacitó : ausgebildet, geschult : 培训了
sponsor : parraine, parrainent, sponsorise : patrocina* : sponser*, finanzieren : 赞助
shown : montré : mostr* : gezeigt : 显示
uses : utilise : usa, utiliza : nutzt, verwendet : 使用
needs : besoin, besoins : necesita, necesidades : braucht : 需要
problem : problème : problema : problem : 问题
help : aide : ayuda : hilfe : 帮助
big : grand, grande : grande : groß* : 大
most : plupart : mayoría : meisten : 大多数
tripartite constituents : mandants tripartites : mandantes tripartitos : dreigliedrige mitgliedsgruppen : 三方成员
digitally : numériquement : digitalmente : digital : 数字化
labour legislation : législation du travail : legislación laboral : arbeitsrecht, arbeitsgesetzgebung : 劳动立法,劳动法
collective bargaining : négociation collective : negociación colectiva : tarifverhandlungen : 集体谈判
agenda : agenda, programme : agenda : agenda : 议程
bank : banque : banco : bank : 银行
price : prix : precio : preis : 价格
today : aujourd'hui : hoy : heute : 今天
tomorrow : demain : mañana : morgen : 明天
world cup : coupe du monde : mundial, copa del mundo : weltmeisterschaft : 世界杯
won : gagné, remporté : ganó : gewann, gewonnen : 赢得
write : écris, écrivez : escribe, escriba : schreib, schreiben : 写
poem : poème : poema : gedicht : 诗
recipe : recette : receta : rezept : 食谱
Tsinghua : tsinghua : tsinghua : tsinghua : 清华
staff : personnel, employés, salariés, effectif, effectifs : empleados, personal, plantilla : mitarbeiter*, personal, angestellte* : 员工,职员,工作人员,雇员
rate : taux : tasa : quote, rate : 率
unemployment rate : taux de chômage : tasa de desempleo : arbeitslosenquote : 失业率
TVET institutions : établissements de formation professionnelle : instituciones de formación profesional : berufsbildungseinrichtungen, berufsschulen : 职业院校,职业学校
born : né, née, naissance : nació, nacido, nacida : geboren, geburt : 出生
built : construit, construite, construction : constru* : gebaut, erbaut, bau : 建造,修建
building : bâtiment, immeuble : edificio : gebäude : 大楼,建筑
translated : traduit, traduite, traduction : tradujo, traducid*, traducción : übersetzt, übersetzung : 翻译
old : âge, âgé, âgée : edad, años tiene : alt, alter : 岁,年龄
earns : gagne, touche : gana, cobra : verdient, verdienen : 挣
salary : salaire, rémunération : sueldo, salario : gehalt, lohn : 薪水,收入
updated : mis à jour, actualisé : actualiz* : aktualisiert : 更新了
fined : condamné, sanctionné : multad*, sancionad* : bestraft : 罚款
students : étudiants : estudiantes, alumnos : studenten, studierende : 学生
died : mort, décédé : murió, fallec* : gestorben, starb : 去世
sold : vendu : vend* : verkauft, verkaufte : 出售
closed : fermé : cerr*, cerrad* : geschlossen : 关闭
lost : perdu : perd* : verloren : 失去
imports : importations, importe : importaciones : importe : 进口
exports : exportations, exporte : exportaciones : exporte : 出口
war : guerre : guerra : krieg : 战争
election : élection, élections : elección, elecciones : wahl, wahlen : 选举
tax : impôt, taxe : impuesto : steuer : 税
participates : participe, participent : participa, participan : beteiligen sich : 参与
officially : officiellement : oficialmente : offiziell : 正式
proposed : propose : propone : schlug : 倡导
branches : succursales : sucursales : zweigstellen : 分支
weather : météo, temps qu'il fait : tiempo que hace : wetter : 天气
`;

/** Question forms and function words: the first that fits wins, longest first. `_` stands for nothing. */
const FORMS = `
how many : combien de, combien d', combien, quel nombre de, quel est le nombre de : cuántos, cuántas, cuantos, cuantas : wie viele, wieviele : 多少项,多少个,多少名,多少人,多少国家,多少,几个,几项,几,有多少
how many people : combien de personnes, combien de gens : cuántas personas : wie viele menschen, wie viele personen : 多少人
how many countries : combien de pays : cuántos países : wie viele länder : 多少个国家,多少国家
how much money : combien d'argent, à combien s'élève, à combien s'élèvent, combien s'élève, à combien se monte, quel est le montant, quelle somme, quel montant, combien verse, combien a versé, combien coûte, combien de dollars : cuánto dinero, a cuánto asciende, a cuánto ascienden, qué cantidad, qué suma, cuál es el monto, cuál es el importe, cuánto, cuanto, cuántos dólares : wie viel geld, wieviel geld, welche summe, welcher betrag, wie hoch ist, wie hoch sind, wie hoch war, wie hoch waren, wie viel, wieviel, wie viele dollar : 多少钱,多少资金,多少美元,多少款,金额是多少,总额是多少
how long : combien de temps, pendant combien de temps, quelle est la durée : cuánto tiempo, durante cuánto tiempo : wie lange : 多久,多长时间
until when : jusqu'à quand, jusqu'en quelle année : hasta cuándo : bis wann : 到什么时候,到何时,到哪一年
since when : depuis quand, depuis quelle année : desde cuándo : seit wann : 从什么时候起,从何时
in which year : en quelle année, quelle année, de quelle année : en qué año, qué año, de qué año : in welchem jahr, welches jahr : 是哪一年,在哪一年,哪一年,哪年,哪一年的
in which years : en quelles années, quelles années : en qué años, qué años : in welchen jahren, welche jahre : 哪些年,哪几年
when : quand, à quelle date, quelle date, quelle est la date : cuándo, cuando, en qué fecha, qué fecha : wann, an welchem datum : 是什么时候,在什么时候,什么时候,何时,几时,是何时
who : qui est-ce qui, qui : quién, quiénes, quien, quienes : wer, wem, wen : 是谁,谁,何人,哪位,是哪位
with whom : avec qui : con quién : mit wem : 与谁,和谁
where : où se trouve, où se trouvent, où est, où sont, où, dans quel lieu : dónde, donde, dónde está, dónde se encuentra, adónde : wo, wo liegt, wo befindet sich, woher, wohin : 是在哪里,在哪里,在哪儿,哪里,何处,什么地方,位于哪里,位于何处
in which countries : dans quels pays, quels pays : en qué países, qué países, en cuáles países : in welchen ländern, welche länder : 哪些国家,在哪些国家,哪几个国家
which country : quel pays, dans quel pays : qué país, en qué país : welches land, in welchem land : 哪个国家
which ministries : quels ministères : qué ministerios, cuáles ministerios : welche ministerien : 哪些部委,哪些部门
which university : quelle université : qué universidad : welche universität : 哪所大学,哪个大学
why : pourquoi, pour quelle raison : por qué, porqué : warum, weshalb, wieso, wozu : 为什么,为何
how : comment, de quelle manière : cómo, como : wie, auf welche weise : 如何,怎样,怎么
what is : qu'est-ce que, qu'est-ce qu', c'est quoi, que signifie, quel est, quelle est : qué es, qué significa, cuál es, cual es : was ist, was bedeutet, was heißt : 是什么,什么是,是什么意思,是指什么,是多少
what are : quels sont, quelles sont : cuáles son, qué son : was sind, welche sind : 有哪些
one : _ : uno, una de : eines, einer der : 之一
is : est : es : lautet, lauten : 为
what changed : qu'est-ce qui a changé, qu'est-ce qui change, quoi de neuf, qu'est-ce qui est nouveau : qué ha cambiado, qué cambió, qué hay de nuevo : was hat sich geändert, was ist neu, was hat sich verändert : 有什么变化,有哪些变化,有什么新内容
what : quoi, que, qu', qu'est-ce qui : qué, que : was : 什么
which : quel, quelle, quels, quelles, lequel, laquelle, lesquels, lesquelles : cuál, cuáles, qué : welche, welcher, welches, welchen, welchem : 哪些,哪个,哪种,哪
does : est-ce que, est-ce qu' : _ : _ : 是否,是不是
is there : y a-t-il, il y a : hay, existe : gibt es : 有没有
list : liste : lista : liste : 列出
tell me : dites-moi, dis-moi : dígame, dime : sag mir, sagen sie mir : 告诉我
has : a, ont, avait : ha, han, había : hat, haben, hatte, hatten : 已
is : est : es, está, fue, era : ist : 是
are : sont : son, están, fueron : sind : _
was : était, fut, a été : fue, era : war, wurde : 曾
were : étaient, furent, ont été : fueron, eran : waren, wurden : _
will : _ : _ : wird, werden : 将
and : et : y, e : und : 和,与,及,以及
or : ou : o, u : oder : 或
of : de, du, des, d' : de, del : von, des, vom : 的
in : dans, en, à, au, aux : en, a, al : in, im, bei, beim, am : 在
according to : selon, d'après, d’après : según, conforme a : laut, gemäß, zufolge : 根据,按照,依据
for : pour : para, por : für : 为
with : avec : con : mit : _
about : sur, concernant, à propos de : sobre, acerca de : über : 关于
since : depuis : desde : seit : 自,自从
until : jusqu'à, jusqu'en, jusque : hasta : bis : 直到,到
by : par : _ : durch : 由,被
the : le, la, les, l' : el, la, los, las, lo : der, die, das, den, dem : _
a : un, une : un, una, unos, unas : ein, eine, einen, einem, einer, eines : _
not : pas : no : nicht, kein, keine, keinen : 不,没有,没
this : ce, cet, cette, ces : este, esta, estos, estas, ese, esa : dies, diese, dieser, dieses : 这,这个,该
it : il, elle, ils, elles, on : _ : es, er, sie, sich : 它
_ : ne, n', se, s', y, t, j', me, m', qui, que, qu', dont, son, sa, ses, leur, leurs, nous, vous, votre, notre, si : se, su, sus, lo, le, les, me, nos, que, ya, si, usted : man, vor, ihr, ihre, ihren, seine, sein, denn, auch, dass, zu, zum, zur, auf, an, aus, nach, als, sowie : 了,吗,呢,吧,项,个,名,位,所,对,于,从,中,上,里,请问,请,哪里有,方面,其,也,都,还,就,并,而,之,把,让,使,给,向,届,个人,进行,有,来自,来
`;

export const LEXICON_LANGUAGES = ['fr', 'es', 'de', 'zh'] as const;
export type LexiconLanguage = (typeof LEXICON_LANGUAGES)[number];

/** One way to write a concept: its words, folded, each a prefix when it ended in `*`. */
export interface Entry {
  words: { text: string; prefix: boolean }[];
  english: string;
  /** A question or function word rather than a subject. */
  form: boolean;
}

const lexicons = new Map<string, ReadonlyMap<string, Entry[]>>();

/**
 * The entries of a language by the first word's first three letters (Chinese: by the first character), longest first.
 * `prepare` folds and splits a form the way questions are.
 */
export function lexiconOf(language: LexiconLanguage, prepare: (form: string) => string[]): ReadonlyMap<string, Entry[]> {
  const kept = lexicons.get(language);
  if (kept) return kept;
  const column = LEXICON_LANGUAGES.indexOf(language) + 1;
  const found = new Map<string, Entry[]>();
  for (const [table, form] of [
    [FORMS, true],
    [GENERAL, false],
  ] as const) {
    for (const line of table.trim().split('\n')) {
      const parts = line.split(' : ').map((part) => part.trim());
      for (const written of (parts[column] ?? '').split(',')) {
        const text = written.trim();
        if (text === '' || text === '_') continue;
        const words = prepare(text.replace(/\*/g, '')).map((word) => ({ text: word, prefix: false }));
        const last = words.at(-1);
        if (!last) continue;
        if (text.endsWith('*')) last.prefix = true;
        const key = keyOf((words[0] as { text: string }).text, language);
        const list = found.get(key) ?? [];
        // The first line that has a form keeps it.
        if (!list.some((entry) => same(entry.words, words)))
          list.push({ words, english: parts[0] === '_' ? '' : (parts[0] as string), form });
        found.set(key, list);
      }
    }
  }
  for (const list of found.values()) {
    list.sort((a, b) => b.words.length - a.words.length || lengthOf(b) - lengthOf(a));
  }
  lexicons.set(language, found);
  return found;
}

export const keyOf = (word: string, language: string): string => (language === 'zh' ? (word[0] ?? '') : word.slice(0, 3));
const lengthOf = (entry: Entry) => entry.words.reduce((sum, word) => sum + word.text.length, 0);
const same = (a: Entry['words'], b: Entry['words']) =>
  a.length === b.length && a.every((word, i) => word.text === b[i]?.text && word.prefix === b[i]?.prefix);
