import { fold } from './tokens.ts';

/**
 * Short names of international bodies and common terms across languages, as the bodies write them in their own
 * publications; written down from common knowledge, not checked row by row against a source. First the English
 * one, `short=long`, then `language:forms`. A form may be an abbreviation or, for languages that abbreviate little, the name itself.
 */
const ROWS = `
ILO=International Labour Organization | fr:OIT,BIT,Organisation internationale du Travail,Bureau international du Travail | es:OIT,Organización Internacional del Trabajo | pt:OIT,Organização Internacional do Trabalho | it:OIL,Organizzazione internazionale del lavoro | de:IAO,IAA,Internationale Arbeitsorganisation,Internationalen Arbeitsorganisation,Internationales Arbeitsamt | nl:IAO,Internationale Arbeidsorganisatie | zh:国际劳工组织,国际劳工局,劳工组织 | ja:国際労働機関 | ko:국제노동기구 | ru:МОТ,Международная организация труда | ar:منظمة العمل الدولية
ILC=International Labour Conference | fr:CIT,Conférence internationale du Travail | es:CIT,Conferencia Internacional del Trabajo | pt:CIT | de:IAK,Internationale Arbeitskonferenz,Internationalen Arbeitskonferenz | zh:国际劳工大会 | ja:国際労働総会 | ru:МКТ
UN=United Nations | fr:ONU,Nations Unies | es:ONU,Naciones Unidas | pt:ONU,Nações Unidas | it:ONU,Nazioni Unite | de:UNO,Vereinte Nationen,Vereinten Nationen | nl:VN,Verenigde Naties | zh:联合国 | ja:国連,国際連合 | ko:유엔,국제연합 | ru:ООН | ar:الأمم المتحدة
IOE=International Organisation of Employers | fr:OIE,Organisation internationale des employeurs | es:OIE,Organización Internacional de Empleadores | pt:OIE | zh:国际雇主组织 | ru:МОР
ITUC=International Trade Union Confederation | fr:CSI,Confédération syndicale internationale | es:CSI,Confederación Sindical Internacional | pt:CSI | it:CSI | de:IGB,Internationaler Gewerkschaftsbund | nl:IVV | zh:国际工会联合会,国际工联 | ru:МКП
WHO=World Health Organization | fr:OMS | es:OMS | pt:OMS | it:OMS | de:Weltgesundheitsorganisation | zh:世界卫生组织,世卫组织 | ja:世界保健機関 | ru:ВОЗ
WTO=World Trade Organization | fr:OMC | es:OMC | pt:OMC | it:OMC | de:Welthandelsorganisation | zh:世界贸易组织,世贸组织 | ja:世界貿易機関 | ru:ВТО
IMF=International Monetary Fund | fr:FMI | es:FMI | pt:FMI | it:FMI | de:IWF | zh:国际货币基金组织 | ja:国際通貨基金 | ru:МВФ
World Bank | fr:Banque mondiale | es:Banco Mundial | pt:Banco Mundial | it:Banca mondiale | de:Weltbank | nl:Wereldbank | zh:世界银行,世行 | ja:世界銀行 | ru:Всемирный банк
UNDP=United Nations Development Programme | fr:PNUD | es:PNUD | pt:PNUD | zh:开发计划署 | ja:国連開発計画 | ru:ПРООН
UNICEF | zh:儿基会 | ru:ЮНИСЕФ
UNESCO | zh:教科文组织 | ja:ユネスコ | ru:ЮНЕСКО
UNFPA | fr:FNUAP | zh:人口基金 | ru:ЮНФПА
UNEP | fr:PNUE | es:PNUMA | pt:PNUMA | zh:环境署 | ru:ЮНЕП
UNHCR | fr:HCR | es:ACNUR | pt:ACNUR | it:ACNUR | zh:难民署 | ru:УВКБ
UNIDO | fr:ONUDI | es:ONUDI | pt:ONUDI | zh:工发组织 | ru:ЮНИДО
FAO | zh:粮农组织 | ru:ФАО
IOM=International Organization for Migration | fr:OIM | es:OIM | pt:OIM | it:OIM | zh:国际移民组织 | ru:МОМ
WIPO | fr:OMPI | es:OMPI | pt:OMPI | it:OMPI | zh:知识产权组织 | ru:ВОИС
IAEA | fr:AIEA | es:OIEA | pt:AIEA | it:AIEA | de:IAEO | zh:国际原子能机构 | ru:МАГАТЭ
OECD | fr:OCDE | es:OCDE | pt:OCDE | it:OCSE | nl:OESO | zh:经合组织 | ja:経済協力開発機構 | ru:ОЭСР
EU=European Union | fr:UE,Union européenne | es:UE,Unión Europea | pt:UE,União Europeia | it:UE,Unione europea | de:Europäische Union,Europäischen Union | zh:欧盟 | ja:欧州連合 | ru:ЕС
AU | fr:UA,Union africaine | es:UA,Unión Africana | pt:UA | it:UA | de:Afrikanische Union | zh:非盟 | ru:АС
ASEAN | fr:ANASE | zh:东盟 | ja:東南アジア諸国連合 | ko:아세안 | ru:АСЕАН
NATO | fr:OTAN | es:OTAN | pt:OTAN | nl:NAVO | zh:北约 | ru:НАТО
BRICS | zh:金砖国家,金砖 | ru:БРИКС
SDG=Sustainable Development Goals | fr:ODD,objectifs de développement durable | es:ODS,Objetivos de Desarrollo Sostenible | pt:ODS | it:OSS | de:Nachhaltigkeitsziele | zh:可持续发展目标 | ru:ЦУР
GDP=gross domestic product | fr:PIB | es:PIB | pt:PIB | it:PIL | de:BIP | nl:BBP | zh:国内生产总值 | ru:ВВП
NGO=non-governmental organization | fr:ONG | es:ONG | pt:ONG | it:ONG | de:NRO,NGO | zh:非政府组织 | ru:НПО
HIV | fr:VIH | es:VIH | pt:VIH | zh:艾滋病毒 | ru:ВИЧ
AIDS | fr:SIDA | es:SIDA | pt:SIDA | zh:艾滋病 | ru:СПИД
SME=small and medium-sized enterprises | fr:PME | es:pyme,pymes | pt:PME | it:PMI | de:KMU | nl:mkb | zh:中小企业 | ru:МСП
OSH=occupational safety and health | fr:SST,santé et sécurité au travail,sécurité et santé au travail | es:SST,seguridad y salud en el trabajo | pt:SST | de:Arbeitsschutz,Sicherheit und Gesundheit bei der Arbeit | it:SSL | zh:职业安全与健康,职业安全健康,职业安全卫生 | ru:БГТ
DWCP=Decent Work Country Programme | fr:PPTD,programme par pays de promotion du travail décent,programme par pays pour le travail décent | es:PTDP,Programa de Trabajo Decente por País,Programa Nacional de Trabajo Decente | de:Landesprogramm für menschenwürdige Arbeit | zh:体面劳动国别计划 | ru:СПДТ
MoU=Memorandum of Understanding | fr:protocole d'accord,mémorandum d'accord,mémorandum d'entente,protocoles d'accord,protocole d'entente | es:memorando de entendimiento,memorándum de entendimiento,memorandos de entendimiento | pt:memorando de entendimento | it:memorandum d'intesa,protocollo d'intesa | de:Absichtserklärung,Absichtserklärungen,Vereinbarung | zh:谅解备忘录 | ja:覚書 | ru:меморандум о взаимопонимании
TVET=technical and vocational education and training | fr:EFTP,enseignement et formation techniques et professionnels | es:EFTP | pt:EFTP | de:Berufsbildung,berufliche Bildung | zh:职业技术教育与培训,职业教育 | ru:ТПОП
CSR=corporate social responsibility | fr:RSE | es:RSE | pt:RSE | it:RSI | nl:MVO | zh:企业社会责任 | ru:КСО
JPO=Junior Professional Officer | fr:jeunes experts associés,administrateurs auxiliaires | es:profesionales subalternos,jóvenes profesionales | de:beigeordnete Sachverständige | zh:初级专业人员,初级专业官员
BRI=Belt and Road Initiative | fr:initiative la Ceinture et la Route,la Ceinture et la Route,nouvelles routes de la soie | es:Iniciativa de la Franja y la Ruta,la Franja y la Ruta | pt:Iniciativa Cinturão e Rota | de:Neue Seidenstraße,Neuen Seidenstraße,Seidenstraßen-Initiative | zh:一带一路 | ja:一帯一路 | ru:Один пояс один путь
GDI=Global Development Initiative | fr:Initiative pour le développement mondial | es:Iniciativa para el Desarrollo Global | de:Globale Entwicklungsinitiative,Globalen Entwicklungsinitiative | zh:全球发展倡议
SSTC=South-South and triangular cooperation | fr:coopération Sud-Sud et triangulaire | es:cooperación Sur-Sur y triangular | de:Süd-Süd- und Dreieckskooperation | zh:南南合作和三方合作,南南合作与三方合作
ACFTU=All-China Federation of Trade Unions | fr:Fédération nationale des syndicats de Chine | es:Federación Nacional de Sindicatos de China | de:Allchinesischer Gewerkschaftsbund,Allchinesische Gewerkschaftsbund | zh:中华全国总工会,全国总工会
CEC=China Enterprise Confederation | zh:中国企业联合会
MOHRSS=Ministry of Human Resources and Social Security | fr:ministère des Ressources humaines et de la Sécurité sociale | es:Ministerio de Recursos Humanos y Seguridad Social | de:Ministerium für Humanressourcen und soziale Sicherheit | zh:人力资源和社会保障部,人社部
MEM=Ministry of Emergency Management | fr:ministère de la Gestion des urgences | es:Ministerio de Gestión de Emergencias | de:Ministerium für Notfallmanagement | zh:应急管理部
SAMR=State Administration for Market Regulation | zh:市场监管总局,国家市场监督管理总局
`;

/** One form of a body's name in a language. */
interface BodyName {
  /** English short name, as briefings in English write it. */
  english: string;
  /** The English name in full, where the table has it. */
  long: string | undefined;
  language: string;
  form: string;
}

let table: { names: BodyName[]; byForm: Map<string, BodyName[]> } | null = null;

/** Every name of the table with its English short name; read once. */
function load(): { names: BodyName[]; byForm: Map<string, BodyName[]> } {
  if (table) return table;
  const names: BodyName[] = [];
  for (const line of ROWS.trim().split('\n')) {
    const [first, ...columns] = line.split(' | ').map((part) => part.trim()) as [string, ...string[]];
    const [english, long] = first.split('=') as [string, string?];
    names.push({ english, long, language: 'en', form: english });
    if (long) names.push({ english, long, language: 'en', form: long });
    for (const column of columns) {
      const at = column.indexOf(':');
      for (const form of column.slice(at + 1).split(',')) names.push({ english, long, language: column.slice(0, at), form });
    }
  }
  const byForm = new Map<string, BodyName[]>();
  for (const name of names) byForm.set(fold(name.form), [...(byForm.get(fold(name.form)) ?? []), name]);
  table = { names, byForm };
  return table;
}

/**
 * Every other name of the body that a short name stands for: `OIT` gives `ILO`, `IAO`, `国际劳工组织` …; `ILO` gives
 * `OIT` … English first. Empty when the name is in no row. `language` restricts what the name given may be taken for
 * (`OIE` is no body in German); absent, any. Case and accents do not matter.
 */
export function abbreviationsAcross(name: string, language?: string): string[] {
  const { names, byForm } = load();
  const own = fold(name.trim());
  const rows = new Set(
    (byForm.get(own) ?? [])
      .filter((found) => !language || found.language === language || found.language === 'en')
      .map((found) => found.english),
  );
  return [...new Set(names.filter((other) => rows.has(other.english) && fold(other.form) !== own).map((other) => other.form))];
}
