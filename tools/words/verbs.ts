/**
 * Verbs with which a commit subject may begin, in the imperative. To use another, add it here. Words of the project that
 * are nouns first (report, plan, estimate, watch, score, state) stay out: a subject with one in front is no imperative.
 */
const VERBS = `
  accept add adjust allow answer append apply archive ask assert assign avoid await
  block bound bring build bump cache call cap change check choose clarify clean clear close collect combine compare compress
  compute configure connect convert copy correct count cover create cut
  declare decode define delay delete deny derive describe detect disable document drop
  embed enable encode encrypt end enforce ensure escape exclude expect explain export expose extend extract
  fail fetch fill find finish fix flush follow forbid format free generate give grant group guard
  handle harden hash hide hold ignore implement import improve include initialise inline insert inspect install introduce
  invalidate isolate join judge keep
  learn let limit link lint list load localise log lower
  make map mark mask match measure merge migrate move
  name narrow normalise note notice notify omit open optimise order override
  pack parse pass pause permit pin prefer prepare preserve prevent print protect prove provide prune publish pull put
  query raise read rebuild recognise reconcile record recover redirect reduce refactor register reject release reload remove
  rename render reorder repair replace replay require reset resize resolve restore restrict restructure resume retire retract
  retry return reuse revert review revoke reword rework rewrite rotate round route run
  save say schedule select send separate serialise serve set share shorten show shrink simplify skip slow sort speed split
  spread start stop store stream subscribe swap switch synchronise
  take tell test throw tidy tighten translate treat trim tune turn undo unify update upgrade use
  validate verify wait wake warn widen word wrap write`

/** Set of the verbs, in lower case. */
export const IMPERATIVES: ReadonlySet<string> = new Set(VERBS.trim().split(/\s+/))
