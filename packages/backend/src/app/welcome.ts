import { listSources } from '#features/zones/list-sources.ts'
import type { Context } from './context.ts'

/** The lines printed once the service answers at `url`. */
export async function welcomeText({ board, config, database }: Context, url: string): Promise<string[]> {
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
    '',
  )
  return lines
}
