import Type, { type Static } from 'typebox'
import { oneOf, orNull } from './shared.ts'

/** Settings of the server that a client needs first: basemap, initial view, demo or real data. */
export const AppConfigSchema = Type.Object(
  {
    basemap: Type.Object({
      kind: oneOf(
        ['tiles', 'none'],
        '`tiles`: vector tiles in the OpenMapTiles schema, described by the TileJSON at `url`. `none`: this server offers no basemap',
      ),
      url: orNull(Type.String({ description: 'URL of the TileJSON, relative to this server or absolute' })),
      attribution: Type.String({ description: 'Text to show on the map' }),
    }),
    start: Type.Object(
      { lat: Type.Number(), lng: Type.Number(), zoom: Type.Number() },
      { description: 'Initial view where the rider chose none: the centre of the area with the most zones' },
    ),
    demo: Type.Boolean({ description: 'The zones and reports shown are simulated' }),
    zones: Type.Integer({ minimum: 0, description: 'Number of zones on the map' }),
  },
  { $id: 'AppConfig', additionalProperties: false },
)
export type AppConfigBody = Static<typeof AppConfigSchema>
