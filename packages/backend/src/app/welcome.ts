import { addressOfLink } from '#features/accounts/links/create-link.ts'
import { createStartLink } from '#features/accounts/links/start-link.ts'
import { listSources } from '#features/zones/list-sources.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import type { Context } from './context.ts'

/** The lines printed once the service answers at `url`. */
export async function welcomeText(context: Context, url: string): Promise<string[]> {
  const { board, config, database } = context
  const { sources } = await listSources({ db: database.db })
  const shown = sources.filter((source) => source.zones > 0)
  const lines = [
    '',
    `  Kickstand is ready at ${url}`,
    '',
    `  Data      ${board.zones()} zones in ${database.engine.label}`,
    ...shown.map(
      (source) => `            ${source.id}: ${source.zones} zones, ${source.licence}, ${source.attribution}`,
    ),
  ]
  if (shown.some((source) => source.simulated)) {
    lines.push('            The demo town is simulated: no such place exists. Remove it: npx kickstand demo remove')
  }
  lines.push(
    '  Real data npx kickstand import FILE   (OSM PBF, Overpass JSON, GeoJSON, KML, CSV; see feeds/README.md)',
    `  API       ${url}/docs${config.env === 'production' ? '' : '      Stop: Ctrl+C'}`,
    ...(await setupLines(context, url)),
    '',
  )
  return lines
}

/**
 * The link for the first admin; nothing once there is one. It is printed here only and never logged: a person who reads it can take
 * the service over.
 */
async function setupLines(context: Context, url: string): Promise<string[]> {
  const { config, log } = context
  // The console is served by this role.
  if (!config.roles.has('web')) return []
  const actor = { kind: 'job', name: 'start of the service' } as const
  const link = await createStartLink({ ...context, actor }).catch((error: unknown) => {
    // Such as a full disk: all that riders need still works.
    log.warn({ err: error }, 'the link for the first admin could not be created')
    return null
  })
  if (link === null) return []
  const port = config.port === 0 ? Number(new URL(url).port) : config.port
  const address = addressOfLink(ownOrigin({ publicUrl: config.publicUrl, port }), 'setup', link.secret)
  return [
    '',
    `  Setup     ${address}`,
    '            There is no admin yet. This link makes one. It works once, within seven days, until the next start.',
  ]
}
