import pg from 'pg'
import type { Peer } from './peer.ts'

const CONNECTIONS = 8
/** Index-ordered nearest neighbours; distances are on the sphere, like Kickstand's. */
const NEAREST = `select json, st_distance(place, st_makepoint($2, $1)::geography, false) as metres
  from (select json, place from zones order by place <-> st_makepoint($2, $1)::geography limit $4) as nearest
  where st_dwithin(place, st_makepoint($2, $1)::geography, $3, false) order by metres`

/** PostGIS with a GiST index on a geography column, queried with its KNN operator in a prepared statement. */
export function postgisPeer(url: string): Peer {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  let isCreated = false
  return {
    async fill(zones) {
      if (!isCreated) {
        await pool.query('create extension if not exists postgis')
        await pool.query('create table zones (id text primary key, place geography(point, 4326) not null, json text)')
        isCreated = true
      }
      await pool.query(
        `insert into zones select id, st_makepoint(lng, lat)::geography, json
           from unnest($1::text[], $2::float8[], $3::float8[], $4::text[]) as given (id, lat, lng, json)`,
        [
          zones.map(({ id }) => id),
          zones.map(({ lat }) => lat),
          zones.map(({ lng }) => lng),
          zones.map(({ json }) => json),
        ],
      )
      return 0
    },
    async finishLoading() {
      await pool.query('create index zones_place on zones using gist (place)')
      await pool.query('cluster zones using zones_place')
      await pool.query('vacuum analyze zones')
    },
    async nearest(lat, lng, radius, limit) {
      const { rows } = await pool.query<{ json: string; metres: number }>({
        name: 'nearest',
        text: NEAREST,
        values: [lat, lng, radius, limit],
      })
      return rows
    },
    close: () => pool.end(),
  }
}
