import { stem } from '../core/text/stem.ts';

/**
 * Words of reports and of questions about them that often stand for one another, a group a line: written for this project
 * as everyday English, without regard to any one briefing. A word may be in several groups; groups are not joined.
 */
const GROUPS = `
= start begin launch establish found set open inaugurate initiate create commence introduce
= give contribute donate provide grant pay offer
= money fund funding budget contribution finance financing cash
= help support assist aid back assistance
= firm company enterprise business corporation
= law legislation act legal
= meeting conference seminar dialogue forum event gathering summit workshop congress
= strengthen boost enhance improve reinforce intensify deepen
= benefit profit gain
= extend prolong lengthen
= aim goal objective purpose intend meant designed target
= topic theme subject issue field area
= project programme program initiative scheme
= world global international worldwide
= agreement deal accord memorandum mou understanding pact
= participate attend join
= sign conclude seal
= end finish conclude complete
= speak speech address deliver talk
= name title call
= employment job work occupation
= change reform transform transformation shift
= study research survey analysis
= method approach way means
= area region part
= country nation state
= guide guidebook handbook manual guidance
= training course education
= promote advance further foster push
= share exchange transfer pass
= build develop create establish
= show demonstrate prove
= stress underline underscore emphasise emphasize highlight
= accelerate speed quicken fast
= beneficiary recipient beneficiaries
= office bureau branch
= partner counterpart ally
= official officer authority
= common shared joint mutual
= fair equitable just equal
= foreign overseas abroad transnational
start begin launch establish found set open inaugurate initiate kick create commence introduce inception outset origin
end finish conclude complete close expire terminate cease completion final
sign conclude agree seal enter signature signatory
agreement deal accord pact treaty memorandum mou arrangement contract understanding
partner partnership ally alliance team cooperate collaborate cooperation collaboration tie relationship counterpart
cooperate collaborate work join jointly together
cooperation collaboration
extend prolong lengthen extension renew
renew refresh resume restart relaunch revive renewal
intensify deepen strengthen boost enhance reinforce increase
strengthen reinforce boost enhance improve better upgrade build consolidate strong stronger
improve better enhance upgrade progress advance ameliorate improvement
increase rise grow go climb raise expand growth jump
reduce cut lower decrease decline drop shrink fall reduction lessen fewer
expand widen broaden extend enlarge grow spread
help support assist aid back assistance backing
support back assist help fund finance sponsor
advise advice assistance consult guidance counsel
fund finance pay sponsor bankroll money contribute support cover
give contribute donate provide grant pay offer contribution
money fund funding budget contribution amount sum cash dollar finance financing grant allocation
contribution donation gift payment grant money support funding
pledge commit promise commitment undertake
allocate earmark allocation assign reserve set
cost budget price expense worth amount
budget funding money contribution allocation amount
volume amount total sum
total cumulative altogether overall sum whole aggregate
goal aim objective purpose target intention point
aim goal want intend seek meant design supposed purpose
promote advance further foster encourage push support advocate
advance promote further accelerate
accelerate speed quicken fast faster hasten sooner
encourage promote foster stimulate incentivise
achieve reach attain accomplish deliver realise fulfil
result outcome achievement output success effect impact come
success achievement successful
benefit profit gain help beneficiary advantage
beneficiary recipient people benefit
reach serve cover touch attain benefit
leader lead leading front forefront champion frontrunner head top
lead head chair direct run guide steer
chair preside presidency chairmanship head president
president head leader
chief head director boss leader lead
head chief director leader boss
founder found founding original
member state country belong membership
belong part member of
country nation state
nation country state national
government state authority administration official cabinet
ministry minister ministerial department government
minister ministry ministerial secretary
politician minister councilor councillor official leader statesman
official officer authority dignitary representative
senior high top ranking
delegate representative participant attendee envoy delegation
representative delegate spokesperson represent
participant attendee attend delegate visitor participate people
attend participate join visit take come
participate attend join involve include
join participate enter become
visit travel come go trip tour guest
speak speech say address deliver talk tell statement
speech address talk statement speak remark
say state tell mention remark speak
propose suggest initiate put present idea originator author
proposal idea suggestion propose
conference congress summit meeting
meeting dialogue gathering conference session event seminar summit talk
dialogue talk discussion conversation debate meeting
discussion debate talk dialogue exchange
debate discuss discussion share exchange
event celebration ceremony occasion gathering
celebrate mark commemorate anniversary celebration
seminar workshop course event training class meeting
workshop seminar course training meeting
hold organize organise host stage run convene arrange place
organize organise hold arrange host run
host hold organize organise
venue place location held
session edition conference
plenary assembly hall
headquarters hq seat base central
office branch bureau premises
branch office
department division unit section directorate
unit team section division department
colleague staff team employee
staff employee personnel worker
worker employee labour labourer workforce staff
labour labor work employment
union trade worker labour
employer business company boss enterprise
enterprise company firm business corporation
company firm enterprise business corporation
employment job work labour
job employment work occupation vacancy post
jobseeker unemployed seeker
unemployment jobless unemployed joblessness
jobless unemployment unemployed
occupational work workplace
workplace work occupational working
career work job employment
profession occupation trade
vocational tvet technical professional training
apprenticeship apprentice traineeship
training train course education teach learn instruction capacity
teach train instruct educate learn
train teach educate instruct coach training
course training seminar programme
skill competence ability qualification
expert specialist professional researcher
professional expert specialist
researcher scholar scientist academic expert
research study investigate
study research survey analysis investigate examine
examine study look analyse
analysis diagnostic study evaluation assessment
evaluate assess evaluation assessment measure
university college school academic higher
institution school college institute centre body establishment
school institution college institute
faculty school department
student youth learner pupil
youth young teenager people
young youth
child children kid minor
woman female women girl
female woman women
man male men
people person individual beneficiary human
individual person people
citizen people national resident
law legislation act statute legal
legislation law legal act
rule law regulation norm standard
regulation rule norm regulator regulate
regulator regulation regulate
standard norm convention
treaty convention agreement
ratify adopt accept approve sign ratification
adopt approve accept pass adoption
approve adopt endorse accept
reform change restructure overhaul revision
change transform modify shift turn alter transition transformation
transformation change transition shift
transition change shift move
move transition shift go relocate
policy strategy plan measure
strategy plan policy roadmap
plan programme scheme strategy roadmap
roadmap plan strategy
programme project initiative scheme program
program programme project
project programme initiative scheme
initiative programme project scheme plan
scheme programme system plan
system scheme structure
framework structure context setting
context framework background setting
background context backdrop
field area domain sector subject
area field domain region subject sphere sector
sector industry area field branch
industry sector branch trade
subject topic theme area field matter
topic theme subject issue focus
theme topic subject focus
issue topic problem question matter challenge
problem challenge issue difficulty
challenge problem difficulty
focus concentrate emphasis priority centre attention main
concentrate focus centre
priority prioritize prioritise focus key important
prioritize prioritise priority prefer
important key significant main major vital
main key chief principal major primary
major big important large key main
emphasis focus stress
stress emphasise underscore underline emphasize highlight
underline underscore stress highlight emphasise
highlight feature underline showcase stress
feature present highlight showcase write mention
publish publication issue release compile write print
compile write author produce draw prepare publish
write author compile draft publish
draft write prepare draw drafting
author writer write compile
document paper report publication brief
report document publication paper
guide guidebook handbook manual guideline guidance
handbook guide manual
guidebook guide
video film clip movie
film video movie
article text paper publication
book publication guide
develop build create design make
develop grow evolve
build develop create construct
create establish build make set
produce make prepare create
make produce prepare create
prepare make produce draft
application app software programme
app application
smartphone mobile phone
mobile phone app smartphone
phone telephone mobile
digital online electronic computer digitalisation digitalization digitize internet
digitalisation digital digitalization
online digital internet web electronic
internet online web digital
technology technological tech technical digital
technical technology
platform forum gateway portal
portal gateway platform website
gateway portal platform
website site web page homepage
tool instrument resource means
resource tool material asset
means way tool method mechanism route instrument
method approach way means technique
approach method way strategy
mode method modality way
channel route way path means
route channel way path road
path way road route
mail email post
equipment device machine machinery apparatus
machine equipment machinery device
safety safe secure security protection
safe safety secure
security safety protection
protection protect safeguard security cover
protect safeguard protection
coverage cover include protection insured
cover include extend comprise
insured cover coverage
include comprise contain cover incorporate
contain include hold
consist comprise include contain
health healthy medical wellbeing
healthy health
hazard danger risk
risk danger hazard threat
opportunity chance possibility
chance opportunity possibility
possibility opportunity chance
fair equitable just equal
equitable fair just equal
equal equitable fair
justice fairness just
fairness justice equitable
poor poverty
poverty poor hardship deprivation
eradicate end eliminate abolish remove
eliminate eradicate end abolish
inclusive open everyone
universal everyone all general
global world worldwide international
world global international worldwide earth
worldwide global world international
international global world foreign
foreign overseas abroad international
abroad overseas foreign international transnational
overseas abroad foreign transnational
transnational international overseas abroad crossborder
domestic home national internal
home domestic
national country state
regional region
region area regional zone
local regional
province provincial regional
urban city town
city town capital urban
town city
rural countryside village agricultural
countryside rural
climate environment warming weather
environment environmental climate green ecological
environmental environment climate green
green environmental ecological sustainable energy
warming climate
ecological environmental green
sustainable lasting durable longterm
energy power electric
electric energy power
vehicle car automobile
car vehicle automobile
maritime sea seafarer shipping marine ocean
sea maritime marine ocean
seafarer maritime sailor sea
sailor seafarer maritime
shipping maritime sea ship
ship maritime vessel
transport traffic transportation
market economy economic trade
economy economic market
economic economy
trade commerce business
commerce trade
informal unofficial undeclared
formal official
rights right entitlement
right entitlement
entitlement right benefit
benefit payment allowance
pension benefit retirement
compute calculate calculation
calculate calculation compute
payment pay contribution
access reach obtain use
obtain get gain receive access
receive get obtain gain
get obtain receive gain
gain obtain get benefit acquire
acquire gain obtain get
share exchange transfer spread pass
exchange share swap transfer
transfer exchange share pass
pass share transfer hand
spread promote share extend disseminate
disseminate spread share
experience knowledge expertise practice knowhow lesson
knowledge experience know expertise learning
expertise knowledge experience knowhow
learn knowledge lesson study
lesson experience learn practice
practice experience method example
example practice case model
model example pattern scheme
capacity ability capability skill
ability capacity capability skill
capability capacity ability
level tier stage degree layer
tier level layer stage
stage phase level step
phase stage part
step stage measure
milestone achievement landmark step
landmark milestone
flagship main lead star
innovation innovative novel new
new novel latest recent fresh emerging modern
modern new emerging contemporary
emerging new modern
latest recent newest new
recent latest new
early first initial
initial first early
first initial earliest original
newcomer first new
original first initial
former previous earlier past
previous earlier former prior
current present existing
present current existing today
future coming upcoming next
next coming upcoming future
upcoming next coming future
long-term lasting longterm
year annual yearly
annual yearly year
month monthly
duration period length time
period duration timeframe span years
timeframe period duration
timeline period duration
date day time
deadline date end
age old year
part component element section
component part element
share part proportion
number figure count quantity
count number figure
quantity number amount
many numerous
additional extra more further another
extra additional more further
further additional more
another additional other
various several different
several various many
different various diverse
big large major great
large big major
huge large big
small little minor
half
common shared joint mutual
joint common shared mutual together
mutual joint reciprocal common
shared common joint
vision idea view outlook
view opinion vision judge think
opinion view
judge view assess think
think view believe consider
consider regard view see
regard consider view see
see view regard
describe present portray call
call name term title describe
name title call
title name
mean stand
abbreviation short acronym
purpose aim goal objective reason
reason cause why
cause reason
responsible charge oversee mandate
oversee supervise manage responsible look remit cover monitor
supervise oversee manage monitor
manage administer run oversee
administer manage administration
administration authority management
governance administration government management
implement carry execute apply put realise implementation
apply implement use application
execute implement carry
implementation execution application
carry implement conduct
conduct carry perform behaviour do
perform conduct carry
behaviour conduct behavior
behavior conduct behaviour
compliance comply observe respect
comply compliance respect
responsible ethical
ethical responsible
dimension aspect pillar side
pillar dimension
aspect dimension side
core basic central essential
basic core fundamental essential
fundamental basic core
essential core basic vital
link connect tie relation connection network
connect link network tie
network link connection web
relation link tie relationship
bring gather unite
gather bring collect meet
unite bring join
include involve
involve include engage
engage involve participate
engagement involvement participation
involvement engagement participation
demonstrate show prove
show demonstrate prove reveal display indicate
prove show demonstrate
confirm reaffirm affirm
reaffirm confirm renew reiterate
uphold maintain preserve defend keep
maintain uphold keep preserve
keep maintain retain
mission mandate task purpose
mandate mission task remit
task mission job duty
duty task
friendly good
long-standing old long
old long-standing ancient
status position standing
position status standing role post
post position role job
role function position part
function role
rank position status
trusted reliable
special particular specific
specific special particular
particular special specific
separate different apart
besides apart addition other
gap shortage lack
lack shortage gap
supply provide offer
provide offer give supply deliver
offer provide give
deliver provide supply
service provision delivery
demand need
need demand requirement require
require need
match bring
solution answer remedy
tackle address combat fight deal
fight combat tackle
combat fight tackle
address tackle combat
harm damage impact
damage harm destruction
repair reverse mend undo
reverse undo turn repair
tomorrow future
prosperous rich wealthy
wealth prosperity rich
gender women
innovative innovation new
entrepreneurship business enterprise entrepreneur startup
entrepreneur entrepreneurship business
startup entrepreneurship business
scholarship sponsor grant
secondment second secondee
secondee secondment second
intern trainee junior
trainee train training learner
junior young
assembly parliament congress
parliament assembly legislature
secretary minister
deputy vice
vice deputy
colleague partner
client customer
customer client
list register record
register record registration
record register document
vacancy job opening
placement job
statistics data figure
data information statistics figure
information data
news update
media press
exhibition fair show
prize award
award prize
tax levy
aid assistance help
disaster emergency catastrophe crisis
emergency disaster crisis
crisis emergency
accident incident
factory plant workplace enterprise
safer safe safety
gig platform
freelance selfemployed independent
migrant migration
migration migrant
wage pay salary
salary wage pay
income earnings pay
leave holiday vacation
elderly old older
disabled disability
care nursing
`;

/** Two words that together mean what one of the groups says. Folded, the second group word first. */
const PHRASES: Record<string, string> = {
  'take part': 'participate',
  'took part': 'participate',
  'taken part': 'participate',
  'takes part': 'participate',
  'came into': 'start',
  'set up': 'establish',
  'carry out': 'implement',
  'carried out': 'implement',
  'look after': 'oversee',
  'looks after': 'oversee',
  'spoke for': 'represent',
};

let table: Map<string, ReadonlySet<string>> | null = null;

function read(): Map<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of GROUPS.trim().split('\n')) {
    const whole = line.startsWith('= ');
    const words = (whole ? line.slice(2) : line).split(' ').map((word) => stem(word));
    // After "=" every word may stand for every other; elsewhere the first for each of the others and back.
    for (const head of whole ? words : words.slice(0, 1)) {
      for (const other of words) {
        if (other === head) continue;
        put(found, head, other);
        put(found, other, head);
      }
    }
  }
  return found;
}

function put(found: Map<string, Set<string>>, from: string, to: string): void {
  const set = found.get(from);
  if (set) set.add(to);
  else found.set(from, new Set([to]));
}

/** Terms (stems) that may stand for a term in everyday English; empty for most words. Symmetric, not transitive. */
export function synonymsOf(term: string): ReadonlySet<string> {
  table ??= read();
  return table.get(term) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

/** What two neighbouring words of a question mean together ("took part" is to participate), as a term; null for most. */
export function phraseTerm(first: string, second: string): string | null {
  const word = PHRASES[`${first} ${second}`];
  return word ? stem(word) : null;
}

const SUFFIXES = [
  'isation',
  'ization',
  'ation',
  'ition',
  'ment',
  'ship',
  'ness',
  'ance',
  'ence',
  'ist',
  'ian',
  'ion',
  'ive',
  'ity',
  'ese',
  'or',
  'er',
  'ee',
  'an',
  'al',
  'n',
  'i',
];

/**
 * Other stems of the same word family that a plain stemmer keeps apart, to be tried: "leader" -> "lead", "cambodian" ->
 * "cambodia", "governance" -> "govern". None shorter than four letters.
 */
export function relatedStems(term: string): string[] {
  if (term.length < 5 || !/^[a-z]+$/.test(term)) return [];
  const out = new Set<string>();
  for (const suffix of SUFFIXES) {
    if (!term.endsWith(suffix)) continue;
    const base = term.slice(0, -suffix.length);
    if (base.length < 4) continue;
    out.add(base);
    out.add(`${base}e`);
    out.add(`${base}a`);
  }
  for (const suffix of ['er', 'or', 'ment', 'ation', 'ion', 'al', 'ist', 'an']) out.add(term + suffix);
  if (term.endsWith('a')) out.add(`${term}n`);
  return [...out];
}
