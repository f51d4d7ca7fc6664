import { IRREGULAR_VERBS } from '../../core/text/irregular.ts';
import { stem } from '../../core/text/stem.ts';
import { fold } from '../../core/text/tokens.ts';

/** Irregular forms to the form the stemmer leaves alone. */
const IRREGULAR: Record<string, string> = {};
for (const [base, ...forms] of IRREGULAR_VERBS) for (const form of forms) IRREGULAR[form] ??= base;
for (const line of 'person people persons|child children|center centred centering centring|man men|woman women|half halves|wide widely|got gotten'.split(
  '|',
)) {
  const [base, ...forms] = line.split(' ') as [string, ...string[]];
  for (const form of forms) IRREGULAR[form] = base;
}

const normal = new Map<string, string>();
const KEPT = 100_000;

/** Stem under which spellings and irregular forms of a folded word meet: "labor" and "labour", "gave" and "given". */
export function normalTerm(word: string): string {
  let found = normal.get(word);
  if (found === undefined) {
    let base = IRREGULAR[word] ?? word;
    if (base.length > 5 && /^[a-z]+$/.test(base)) {
      base = base
        .replace(/isation/, 'ization')
        .replace(/is(e[ds]?|ing|ers?)$/, 'iz$1')
        .replace(/our(s|ed|ing|able|er|ers|ite|al)?$/, 'or$1')
        .replace(/^programme/, 'program')
        .replace(/^centre/, 'center')
        .replace(/^defence/, 'defense')
        .replace(/^licence/, 'license')
        .replace(/ll(ed|ing|er|ers)$/, 'l$1');
    }
    found = stem(base);
    if (normal.size >= KEPT) normal.clear();
    // Longer ones do not come again.
    if (word.length <= 64) normal.set(word.split('').join(''), found);
  }
  return found;
}

/**
 * Words of reports that may stand for one another; a line is a group. General English, written by hand: the shipped word
 * vectors rate "established" and "founded" like "workers" and "employers" (cosine .45 and .37), so they cannot tell.
 */
const SYNONYMS = `
establish found set create open launch start begin initiate inaugurate introduce form commence
establish build construct erect
give contribute provide donate commit fund finance pay grant allocate support sponsor money funding financing contribution grant back invest
money fund cost amount sum budget resource
total amount sum overall altogether combined reach add
sign conclude agree agreement seal enter signature
agreement memorandum mou accord deal treaty pact
person individual participant attendee beneficiary member inhabitant resident people
person people visitor guest
participate attend join take part participant involve attendee
worker employee staff workforce labor labour personnel
country nation state
area field domain sector region zone district
program project scheme initiative programme undertaking plan
program course training
end finish conclude complete close expire stop run
run last operate span continue cover period date extend duration
host hold organize organise convene conduct
meeting conference seminar workshop event forum dialogue gathering session
visit travel tour trip come
speak speech address say statement remark
say state tell note stress emphasize emphasise underline describe mention report call point declare
confirm reaffirm affirm renew reiterate underline
help assist support aid back enable assistance
strengthen improve enhance reinforce better boost advance deepen upgrade build up
promote further foster advance encourage support push
increase grow rise expand climb raise up growth gain jump widen
decrease fall decline drop shrink reduce lower cut reduction down
intensify deepen strengthen close grow intense
extend expand widen prolong extension broaden enlarge
aim seek intend want objective goal purpose mean design target attempt strive meant
expect anticipate forecast foresee project
focus concentrate center centre priority emphasis deal about concern subject theme topic address
priority focus important main key
use apply employ utilize
implement carry execute apply effect conduct put
show demonstrate present indicate illustrate prove reveal signal
produce generate yield create deliver
deliver provide supply offer serve give
develop development prepare draft write compile
draft prepare write compile produce
include comprise contain cover consist involve embrace encompass
belong part include under
link connect join tie network connection
location place site seat base located address lie situate
office bureau branch
head headquarters
study research survey examine analysis investigate look analyse analyze explore review
book guide handbook manual publication
law legislation regulation rule act
job employment work vacancy position post occupation
seeker jobseeker
young youth
company enterprise business firm
enterprise employer company
school university college
hospital clinic infirmary
doctor physician
patient case
purchase buy acquire
sale sell
big large great major
main chief principal key primary central
new recent fresh latest
recent late current
old long longstanding long-standing established
founder founding found
leader leading lead head frontrunner
minister ministry
phone telephone
email e-mail mail
fax facsimile
address reach contact
website site page web online
online digital digitally electronic
digital digitization digitalization digitisation
mobile app application
method approach way mode means manner
route path road way corridor
aim end objective
result outcome achievement impact effect success
progress advance improvement
step milestone stage phase
tier level stage
poverty poor
equal equitable fair equality fairness just justice
safe safety secure security
environment setting
climate environmental
skill training competence ability capacity
skill vocational trade
capacity capability ability
knowledge experience expertise know-how learning lesson
exchange share sharing swap mutual
partner partnership cooperate cooperation collaborate collaboration work together joint alliance relation relationship
joint together common shared jointly
common share
both two
year annual yearly annually
month monthly
include among
get receive obtain gain have
receive benefit profit
benefit profit gain advantage serve reach
reach cover serve
available access accessible
field remit scope area responsibility
responsible charge oversee manage look
manage run administer govern administration governance management
government state authority official
authority official
official officer representative delegate
expert specialist researcher
propose suggest put forward recommend proposal recommendation
propose announce present
speed accelerate fast quick sooner hasten faster
achieve attain reach accomplish fulfil fulfill realize
end eradicate eliminate
informal unregistered
rural countryside
city town municipal municipality urban
village hamlet
home house housing dwelling household
replace substitute swap
remove scrap abolish drop
repair fix mend renovate refurbish restore
fee charge price tariff cost
follow succeed
visit attend view
attract draw
quiet calm
tax levy
revenue income receipt
spend expenditure spending cost outlay pay
save saving
wait waiting queue
average mean typical
rate share proportion percentage
daily day
vote ballot
approve adopt pass endorse accept
council board
train teach educate instruct
train rail railway
nurse carer
child kid pupil
pupil student
ill sick illness disease
die death mortality fatal
bed ward
road street
bus coach
tree plant
water supply
volunteer helper
earn make
annual report
emerge new arise
world global globally worldwide international
across throughout over
worldwide global
chance opportunity
damage harm
base basis ground foundation footing
vision goal idea
serious significant considerable substantial clear marked
significant big
guide lead
name call title entitle known
post mail postal
direct address
holder hold chair preside presidency chairmanship
enact pass
lend lent loan credit
succeed replace follow
appoint name hire recruit
hire recruit employ
accord according
deep thorough
overseas abroad foreign
channel route way
seminar training
article text
video film clip
record document
ask call request demand urge appeal
call urge
urgent pressing
remarkable notable significant special
opening opened open inaugurate
need require must demand
pollute pollution emission
measure step action
number count figure total tally
several various many multiple number
previous former earlier before
successor follow replace
next follow subsequent later after
during while throughout
mainly chiefly particular especially above
complement supplement addition additional extra further also
additional another more extra
employer firm
jobless unemployed unemployment
formal official
plan intend
travel ride
hear listen watch view available
km kilometre kilometer
kg kilogram
mw megawatt
combined together joint total
yield bring
remain stay
combat fight tackle
fight against
tackle address
cut slash
celebrate mark commemorate
lack short shortage
highlight showcase feature present underscore emphasize stress
bolster strengthen reinforce consolidate
facilitate enable help ease allow
entail involve include
pave open
signal show indicate reflect demonstrate mark
restoration restore restorer treat
avert avoid prevent
avert call cancel
establishment establish creation
prioritize priority
reaffirm renew
prosperity prosperous
secure guarantee ensure
await expect
undertake conduct carry
allocate assign earmark grant
financial money
oversee supervise monitor
accompany together
rely depend use draw
intention intend plan
secondment second
remainder rest
date origin begin establish
responsible cover care
wish want
hurt injure injury injured
fewer lower less
`;

const groups = new Map<string, Set<number>>();
SYNONYMS.trim()
  .split('\n')
  .forEach((line, index) => {
    for (const word of line.trim().split(' ')) {
      const term = normalTerm(fold(word));
      const set = groups.get(term);
      if (set) set.add(index);
      else groups.set(term, new Set([index]));
    }
  });

/** Whether a term (of `normalTerm`) is one of these common words. */
export function isCommon(term: string): boolean {
  return groups.has(term);
}

/** Whether two terms (of `normalTerm`) share a group of synonyms. */
export function synonymous(a: string, b: string): boolean {
  const one = groups.get(a);
  const other = one && groups.get(b);
  if (!one || !other) return false;
  for (const group of one) if (other.has(group)) return true;
  return false;
}

/**
 * Words that exclude one another: a line is a family, `|` parts its sides. A claim that says one side where its source
 * says another says something else.
 */
const CONTRASTS = `
increase rise grow expand climb raise gain growth up upward jump soar widen | decrease fall decline drop shrink reduce lower cut lose loss reduction down downward plunge narrow
join accede enter | leave withdraw quit exit
open reopen inaugurate establish create launch set | close shut closure dissolve abolish
begin start launch commence beginning onset | end finish stop terminate expire
before prior | after following since
first | last final
more | less fewer
accept approve adopt ratify endorse pass agree | reject refuse denounce veto oppose deny
win | lose
import | export
buy purchase acquire | sell
northern north | southern south | eastern east | western west
employer | worker employee
man male boy | woman female girl
improve strengthen better enhance reinforce strong | worsen weaken deteriorate undermine weak worse
intensify intense deepen | weaken cool ease
succeed success successful | fail failure unsuccessful
public | private
urban | rural
formal | informal
internal domestic local | external foreign
low | high
outpatient | inpatient
extend lengthen prolong | shorten
=developing | =developed
=longer | =shorter
biggest largest highest greatest maximum most | smallest lowest least minimum fewest
best | worst
oldest | newest youngest latest
early earlier | late later
old older ancient | new newer
majority | minority
long long-term | short short-term brief
permanent | temporary
mandatory compulsory obligatory | voluntary optional
allow permit authorize enable | forbid ban prohibit prevent bar block
support back favour | oppose undermine hinder
surplus | deficit
profit | loss
include | exclude
day | night
minute | hour | day | week | month | year | decade | century
daily | weekly | monthly | quarterly | annual yearly
convention | protocol | recommendation | declaration
employed employment | unemployed unemployment
legal | illegal
child | adult
rich | poor
easy | difficult
accelerate speed faster sooner quicker | slow slower delay later
metre meter | kilometre kilometer | mile | centimetre
hectare | acre
kilogram | tonne ton | gram
gigawatt | megawatt | kilowatt
safe safer | dangerous unsafe
renew extend prolong continue | cancel terminate end discontinue suspend
bilateral | multilateral
national | regional | municipal
free | paid
upper | lower
inside | outside
arrive | depart
hire recruit | dismiss fire
uphold | dismiss
favour | against
add | remove
inclusive | exclusive
equitable equal fair | unequal unfair inequitable
effective | ineffective
efficient | inefficient
able | unable
sustainable | unsustainable
student pupil | teacher
patient | doctor nurse
minister | president
full-time | part-time
indoor | outdoor
warm | cold
dry | wet
build construct erect | demolish destroy
hot | cold
present attend | absent miss
traditional | modern emerging
physical | digital
`;

const sides = new Map<string, { family: number; side: number }[]>();
CONTRASTS.trim()
  .split('\n')
  .forEach((line, family) => {
    line.split('|').forEach((words, side) => {
      for (const word of words.trim().split(' ')) {
        // "=developing" is meant as it is written: its stem has no sides.
        const term = word.startsWith('=') ? word : normalTerm(fold(word));
        const list = sides.get(term);
        if (list) list.push({ family, side });
        else sides.set(term, [{ family, side }]);
      }
    });
  });

/** A word as the contrasts know it. */
export interface Contrastable {
  word: string;
  term: string;
}

/** Families of contrast a word stands in, with its side; empty for most words. */
export function contrastsOf({ word, term }: Contrastable): readonly { family: number; side: number }[] {
  return sides.get(`=${word}`) ?? sides.get(term) ?? [];
}

/** Whether two words exclude one another. */
export function contrary(a: Contrastable, b: Contrastable): boolean {
  const one = contrastsOf(a);
  if (one.length === 0) return false;
  const other = contrastsOf(b);
  for (const x of one) for (const y of other) if (x.family === y.family && x.side !== y.side) return true;
  return false;
}
