import Type, { type Static } from 'typebox'
import { oneOf, orNull } from './shared.ts'

/** What the page needs to know of the server before it draws: where the basemap is, where to start, whether it is a demo. */
export const AppConfigSchema = Type.Object(
  {
    basemap: Type.Object({
      kind: oneOf(['tiles', 'none'], 'tiles: vector tiles in the OpenMapTiles schema at `url`'),
      url: orNull(Type.String({ description: 'TileJSON address; relative to this server or absolute' })),
      attribution: Type.String(),
    }),
    start: Type.Object(
      { lat: Type.Number(), lng: Type.Number(), zoom: Type.Number() },
      { description: 'Where to open the map when the rider has not said: the middle of the densest data' },
    ),
    demo: Type.Boolean({ description: 'The zones and reports shown are simulated' }),
    zones: Type.Integer({ minimum: 0 }),
  },
  { $id: 'AppConfig', additionalProperties: false },
)
export type AppConfigBody = Static<typeof AppConfigSchema>
