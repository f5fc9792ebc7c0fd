import { GATE_AREAS, DUTIES, GATE_KINDS, GATE_LEVELS } from '@kickstand/domain'
import { Type, type Static } from 'typebox'

/** Schemas of the files under `launch/`. An unknown field is an error, so that a typing mistake cannot disable a rule. */
const strict = { additionalProperties: false } as const
const words = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })
const Id = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
const Sentence = Type.String({ minLength: 3 })
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

const Expectation = Type.Object(
  {
    figure: Type.String({ minLength: 1 }),
    atLeast: Type.Optional(Type.Number()),
    atMost: Type.Optional(Type.Number()),
    equals: Type.Optional(Type.Union([Type.Number(), Type.String(), Type.Boolean()])),
  },
  strict,
)

/** `launch/gates/<area>.yaml`: a list of gates; the area is the name of the file. */
export const GateFile = Type.Array(
  Type.Object(
    {
      id: Id,
      title: Sentence,
      level: words(GATE_LEVELS),
      owner: words(DUTIES),
      kind: words(GATE_KINDS),
      measurement: Type.Optional(Id),
      expect: Type.Optional(Type.Array(Expectation, { minItems: 1 })),
      maximumAgeDays: Type.Number({ exclusiveMinimum: 0 }),
      since: Day,
      failureMeans: Sentence,
      runbook: Type.String({ pattern: '^[^/].*\\.md(#.+)?$' }),
      notApplicable: Type.Optional(Sentence),
    },
    strict,
  ),
)
export const AREA_NAMES: ReadonlySet<string> = new Set(GATE_AREAS)

/**
 * How a measurement is made. `suite`: a command that takes minutes and writes the evidence itself; readiness never runs it.
 * `quick`: readiness runs it if its evidence is missing. `long`: takes hours; its result is stored in the repository.
 * `record`: read from the database of this installation.
 */
export const SOURCES = ['suite', 'quick', 'long', 'record'] as const

/** `launch/measurements.yaml`. `command`: what a person runs. `run`: the program of a quick one with its arguments. */
export const MeasurementFile = Type.Array(
  Type.Object(
    {
      id: Id,
      title: Sentence,
      source: words(SOURCES),
      command: Sentence,
      run: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
      timeoutSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 60 })),
    },
    strict,
  ),
)
export type MeasurementDefinition = Static<typeof MeasurementFile>[number]

/** `launch/waivers.yaml`. */
export const WaiverFile = Type.Array(
  Type.Object({ gate: Id, owner: words(DUTIES), reason: Sentence, safeBecause: Sentence, until: Day }, strict),
)

const Line = Type.Object(
  {
    text: Type.String({ minLength: 1 }),
    gates: Type.Optional(Type.Array(Id, { minItems: 1 })),
    areas: Type.Optional(Type.Array(words(GATE_AREAS), { minItems: 1 })),
    level: Type.Optional(words(GATE_LEVELS)),
    later: Type.Optional(Type.Array(Sentence, { minItems: 1 })),
    answer: Type.Optional(Sentence),
  },
  strict,
)

/**
 * `launch/views/<id>.yaml`: a plan with all of its lines. A line names gates, or all gates of areas or of a level. `later`:
 * titles of issues that bring its gates. `answer`: where to find something, for a line that only asks where it is.
 */
export const ViewFile = Type.Object(
  {
    title: Sentence,
    sections: Type.Array(Type.Object({ heading: Type.String({ minLength: 1 }), lines: Type.Array(Line) }, strict)),
  },
  strict,
)

const CriticalPaths = Type.Array(
  Type.Object(
    {
      id: Id,
      title: Sentence,
      tests: Type.Array(
        Type.Object(
          {
            file: Type.String({ pattern: '^[^/].*\\.(spec|test)\\.ts$' }),
            name: Sentence,
          },
          strict,
        ),
        { minItems: 1 },
      ),
      uat: Type.Union([Id, Type.Null()]),
    },
    strict,
  ),
)

/** `launch/critical-paths.yaml`: the functions that must work, by suite, each with its tests. */
export const CriticalPathFile = Type.Object(
  { user: CriticalPaths, admin: CriticalPaths, client: CriticalPaths, system: CriticalPaths },
  strict,
)

/** `launch/attestations/<gate>.yaml`: the evidence that a person provided for a human gate. */
export const AttestationFile = Type.Object(
  {
    gate: Id,
    commit: Type.String({ minLength: 7 }),
    by: Type.String({ minLength: 2 }),
    duty: words(DUTIES),
    signedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' }),
    link: Type.String({ minLength: 3 }),
    origin: words(['signed', 'rehearsal'] as const),
  },
  strict,
)
