import { fill } from '../reasons.ts';
import * as reasons from './reasons/east.ts';
import { languageNames, type NamedEdition, spell, type Wording } from './types.ts';

const chineseDate = (date: string): string => (date.includes('-') ? spell(date, 'zh') : `${date}年`);
const chineseEdition = ({ title, edition: { date, stated } }: NamedEdition): string =>
  date === null ? `《${title}》（无日期）` : `${chineseDate(date)}版${stated ? '' : '（日期由正文推断）'}`;

export const wordingZh: Wording = {
  language: 'zh',
  notFound: '简报没有回答这个问题。',
  closest: '没有段落能确切回答这个问题；以下段落最为接近。',
  likely: '以下某个段落也许回答了这个问题，但都不能确定。',
  otherLanguage: (briefings) =>
    `简报使用${languageNames(briefings, 'zh')}，您的问题使用中文；没有语言模型时，只能匹配名称、数字以及两种语言共有的词语。`,
  date: chineseDate,
  edition: chineseEdition,
  onlyEdition: (said, silent) => `只有${chineseEdition(said)}提到这一点。${silent ? `${chineseEdition(silent)}没有提到。` : ''}`,
  accordingTo: (edition) => `据${chineseEdition(edition)}：`,
  spelling: (corrections) => `${corrections.map(({ from, to }) => `“${from}”按“${to}”理解`).join('，')}。`,
  noVectors: '向量不可用：仅按词语查找段落。',
  damaged: '最新的索引已损坏：此答案来自前一个索引，可能已过时。',
  conflict: (value, other) => `同一版本另一处写的是${value}，而此处写的是${other}。`,
  became: (before, older, after, newer) => `${chineseEdition(older)}的${before}在${chineseEdition(newer)}中变为${after}。`,
  otherEdition: (edition, value, past) => `${chineseEdition(edition)}${past ? '当时' : ''}写的是${value}。`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `从${chineseEdition(older)}到${chineseEdition(newer)}：数值有变的段落${changed}个，改写${reworded}个，新增${added}个，删除${removed}个。${page} 可并排查看。`,
  fallback(failure, shown) {
    const rest = { quotations: '以下为原文引用', part: '此处显示当时已核实的内容', nothing: '此回复未经它参与' }[shown];
    switch (failure) {
      case 'timeout':
        return `模型未能及时回答；${rest}。`;
      case 'cut_off':
        return `模型的回答中断；${rest}。`;
      case 'refused':
        return `模型拒绝回答；${rest}。`;
      case 'unavailable':
      case 'rejected':
        return `无法连接模型；${rest}。`;
      case 'over_budget':
        return `目前允许的模型调用次数已用完；${rest}。`;
      case 'resting':
        return `模型刚才出错，半分钟内不再询问；${rest}。`;
      case 'nonsense':
        return `模型的回复无法读取；${rest}。`;
      case null:
        return '模型所写的内容均无法核实；以下为原文引用。';
    }
  },
  unanswered: (question) => `简报没有回答“${question}”`,
  checkedOnly: '此回答只核对了数字、日期和名称，没有对照原文再读一遍。',
  withheld: (reason) => fill(reasons.reasonsZh[reason.kind], reason),
  partlyOtherLanguage: '部分回答只能以简报的原文语言给出。',
};

const japaneseDate = (date: string): string => (date.includes('-') ? spell(date, 'ja') : `${date}年`);
const japaneseEdition = ({ title, edition: { date, stated } }: NamedEdition): string =>
  date === null ? `「${title}」（日付なし）` : `${japaneseDate(date)}版${stated ? '' : '（日付は本文から推定）'}`;

export const wordingJa: Wording = {
  language: 'ja',
  notFound: '資料にはこの質問への答えがありません。',
  closest: '確実に答えている箇所はありません。最も近いのは次の箇所です。',
  likely: '次のいずれかが答えになっているかもしれませんが、確実なものはありません。',
  otherLanguage: (briefings) =>
    `資料の言語は${languageNames(briefings, 'ja')}、ご質問の言語は日本語です。言語モデルがない場合、照合できるのは名称、数字、共通の語だけです。`,
  date: japaneseDate,
  edition: japaneseEdition,
  onlyEdition: (said, silent) =>
    `これを述べているのは${japaneseEdition(said)}だけです。${silent ? `${japaneseEdition(silent)}にはありません。` : ''}`,
  accordingTo: (edition) => `${japaneseEdition(edition)}によると：`,
  spelling: (corrections) => `${corrections.map(({ from, to }) => `「${from}」は「${to}」と読みました`).join('、')}。`,
  noVectors: 'ベクトルが利用できないため、語だけで段落を探しました。',
  damaged: '最新の索引は破損しています。この回答は一つ前の索引によるもので、古い可能性があります。',
  conflict: (value, other) => `同じ版の別の箇所には${value}とあり、ここには${other}とあります。`,
  became: (before, older, after, newer) => `${japaneseEdition(older)}の${before}は、${japaneseEdition(newer)}では${after}になりました。`,
  otherEdition: (edition, value, past) => `${japaneseEdition(edition)}には${value}と${past ? 'ありました' : 'あります'}。`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `${japaneseEdition(older)}から${japaneseEdition(newer)}：値の変わった段落${changed}、書き換え${reworded}、追加${added}、削除${removed}。${page} で並べて表示できます。`,
  fallback(failure, shown) {
    const rest = {
      quotations: '以下は引用です',
      part: 'それまでに確認できた内容を表示しています',
      nothing: 'この返答にはモデルが関わっていません',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `モデルが時間内に応答しませんでした。${rest}。`;
      case 'cut_off':
        return `モデルの回答が途中で切れました。${rest}。`;
      case 'refused':
        return `モデルが回答を拒否しました。${rest}。`;
      case 'unavailable':
      case 'rejected':
        return `モデルに接続できません。${rest}。`;
      case 'over_budget':
        return `現在許されているモデルの呼び出しは使い切りました。${rest}。`;
      case 'resting':
        return `モデルが先ほど失敗したため、三十秒間は問い合わせません。${rest}。`;
      case 'nonsense':
        return `モデルの応答を読み取れませんでした。${rest}。`;
      case null:
        return 'モデルが書いた内容はいずれも確認できませんでした。以下は引用です。';
    }
  },
  unanswered: (question) => `資料には「${question}」への答えがありません。`,
  checkedOnly: 'この回答は数字・日付・名称だけを確認したもので、出典との読み合わせは行われていません。',
  withheld: (reason) => fill(reasons.reasonsJa[reason.kind], reason),
  partlyOtherLanguage: '回答の一部は資料の言語でしか示せませんでした。',
};

const koreanDate = (date: string): string => (date.includes('-') ? spell(date, 'ko') : `${date}년`);
const koreanEdition = ({ title, edition: { date, stated } }: NamedEdition): string =>
  date === null ? `‘${title}’(날짜 없음)` : `${koreanDate(date)}판${stated ? '' : '(본문에서 추정한 날짜)'}`;

export const wordingKo: Wording = {
  language: 'ko',
  notFound: '자료에는 이 질문에 대한 답이 없습니다.',
  closest: '이 질문에 확실히 답하는 단락은 없습니다. 다음 단락이 가장 가깝습니다.',
  likely: '다음 단락 중 하나가 답일 수 있지만 확실한 것은 없습니다.',
  otherLanguage: (briefings) =>
    `자료의 언어: ${languageNames(briefings, 'ko')}, 질문의 언어: 한국어. 언어 모델이 없으면 이름, 숫자, 공통된 단어만 대조할 수 있습니다.`,
  date: koreanDate,
  edition: koreanEdition,
  onlyEdition: (said, silent) => `이 내용은 ${koreanEdition(said)}에만 있습니다.${silent ? ` ${koreanEdition(silent)}에는 없습니다.` : ''}`,
  accordingTo: (edition) => `${koreanEdition(edition)}에 따르면: `,
  spelling: (corrections) => `다음과 같이 읽었습니다: ${corrections.map(({ from, to }) => `‘${from}’ → ‘${to}’`).join(', ')}.`,
  noVectors: '벡터를 사용할 수 없어 단어만으로 단락을 찾았습니다.',
  damaged: '최신 색인이 손상되었습니다. 이 답변은 이전 색인에서 나온 것으로, 최신이 아닐 수 있습니다.',
  conflict: (value, other) => `같은 판의 다른 곳에는 ${value}, 여기에는 ${other}(이)라고 되어 있습니다.`,
  became: (before, older, after, newer) => `${before}(${koreanEdition(older)}) → ${after}(${koreanEdition(newer)}).`,
  otherEdition: (edition, value, past) => `${koreanEdition(edition)}에는 ${value}(이)라고 되어 ${past ? '있었습니다' : '있습니다'}.`,
  overview: (older, newer, { changed, reworded, added, removed }, page) =>
    `${koreanEdition(older)}에서 ${koreanEdition(newer)}까지: 값이 달라진 단락 ${changed}, 고쳐 쓴 단락 ${reworded}, 추가 ${added}, 삭제 ${removed}. ${page} 에서 나란히 볼 수 있습니다.`,
  fallback(failure, shown) {
    const rest = {
      quotations: '다음은 인용문입니다',
      part: '그때까지 확인된 내용을 표시합니다',
      nothing: '이 답에는 모델이 관여하지 않았습니다',
    }[shown];
    switch (failure) {
      case 'timeout':
        return `모델이 제시간에 응답하지 않았습니다. ${rest}.`;
      case 'cut_off':
        return `모델의 답변이 중단되었습니다. ${rest}.`;
      case 'refused':
        return `모델이 답변을 거부했습니다. ${rest}.`;
      case 'unavailable':
      case 'rejected':
        return `모델에 연결할 수 없습니다. ${rest}.`;
      case 'over_budget':
        return `현재 허용된 모델 호출을 모두 사용했습니다. ${rest}.`;
      case 'resting':
        return `모델이 조금 전 실패하여 30초 동안 다시 묻지 않습니다. ${rest}.`;
      case 'nonsense':
        return `모델의 응답을 읽을 수 없었습니다. ${rest}.`;
      case null:
        return '모델이 쓴 내용은 아무것도 확인할 수 없었습니다. 다음은 인용문입니다.';
    }
  },
  unanswered: (question) => `자료에는 ‘${question}’에 대한 답이 없습니다.`,
  checkedOnly: '이 답변은 숫자, 날짜, 이름만 확인했으며 출처와 다시 대조하지는 않았습니다.',
  withheld: (reason) => fill(reasons.reasonsKo[reason.kind], reason),
  partlyOtherLanguage: '답변의 일부는 자료의 언어로만 제공할 수 있었습니다.',
};
