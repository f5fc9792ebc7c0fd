import { relative } from 'node:path'
import type { Readiness } from '@kickstand/backend'
import type { JudgedGate, GateLevel } from '@kickstand/domain'
import { projectRoot } from '#service.ts'

/** The answer of `readiness --json`. Times are RFC 3339; `evidence` is a path from the folder of the release, or a link. */
export function readinessJson(
  { commit, areas, blockers, views, files }: Readiness,
  level: GateLevel,
  since: (id: string) => number,
) {
  const evidenceOf = ({ gate, attestation }: JudgedGate): string | null => {
    if (attestation !== null) return attestation.link
    const file = gate.measurement === null ? undefined : files.get(gate.measurement)
    return file === undefined ? null : relative(projectRoot, file)
  }
  return {
    commit,
    level,
    areas: areas.map(({ id, percent, gates }) => ({
      id,
      percent,
      gates: gates.map((judged) => ({
        id: judged.gate.id,
        title: judged.gate.title,
        level: judged.gate.level,
        kind: judged.gate.kind,
        owner: judged.gate.owner,
        status: judged.status,
        reason: judged.reason,
        evidence: evidenceOf(judged),
        measuredAt: measuredAt(judged),
        seconds: judged.evidence?.seconds ?? null,
      })),
    })),
    blockers: blockers.map(({ gate, reason }) => ({
      id: gate.id,
      owner: gate.owner,
      reason,
      openSince: new Date(since(gate.id)).toISOString(),
    })),
    views: Object.fromEntries(views.map(({ id, title, sections }) => [id, { title, sections }])),
  }
}

function measuredAt({ evidence, attestation }: JudgedGate): string | null {
  const at = evidence?.measuredAt ?? attestation?.signedAt
  return at === undefined ? null : new Date(at).toISOString()
}
