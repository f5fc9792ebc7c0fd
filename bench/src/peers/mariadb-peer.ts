import mysql, { type RowDataPacket } from 'mysql2/promise'
import { growing, type Found, type Peer, type PeerStrategy } from './peer.ts'

const CONNECTIONS = 8
const METRES_PER_DEGREE = 111_195
/** The box is a prefilter, slightly larger than the circle. */
const BOX_MARGIN = 1.001

type Row = RowDataPacket & { readonly json: string; readonly metres: number }

const IN_BOX = `select id, ST_Distance_Sphere(place, POINT(?, ?)) as metres from zones
  where MBRContains(ST_GeomFromText(?), place)`
/** Reads the JSON of the result zones only. */
const nearestIn = (boxes: number): string =>
  `select zones.json, found.metres from (
     select id, metres from (${Array.from({ length: boxes }, () => IN_BOX).join(' union all ')}) as boxed
     where metres <= ? order by metres limit ?) as found
   join zones on zones.id = found.id order by found.metres`

/** A SPATIAL index queried by a box, sorted by the distance on the sphere. MariaDB has no index for nearest neighbours. */
export function mariadbPeer(url: string, strategy: PeerStrategy): Peer {
  const pool = mysql.createPool({ uri: url.replace(/^mariadb:/, 'mysql:'), connectionLimit: CONNECTIONS })
  let isCreated = false

  async function within(lat: number, lng: number, metres: number, limit: number): Promise<Found[]> {
    const boxes = boxesAround(lat, lng, metres)
    const values = [...boxes.flatMap((box) => [lng, lat, box]), metres, limit]
    const [rows] = await pool.execute<Row[]>(nearestIn(boxes.length), values)
    return rows
  }

  return {
    async fill(zones) {
      if (!isCreated) {
        await pool.query(`create table zones (id varchar(32) character set ascii collate ascii_bin primary key,
          place point not null, json mediumtext not null, spatial index (place)) engine = InnoDB`)
        isCreated = true
      }
      await pool.query('insert into zones (id, place, json) values ?', [
        zones.map(({ id, lat, lng, json }) => [id, mysql.raw(`POINT(${lng}, ${lat})`), json]),
      ])
      return 0
    },
    async finishLoading() {
      await pool.query('analyze table zones')
    },
    nearest: (lat, lng, radius, limit) =>
      strategy === 'plain'
        ? within(lat, lng, radius, limit)
        : growing(radius, limit, (metres) => within(lat, lng, metres, limit)),
    close: () => pool.end(),
  }
}

/** Boxes in degrees that contain a circle: all longitudes where it touches a pole, two boxes where it crosses the antimeridian. */
function boxesAround(lat: number, lng: number, metres: number): string[] {
  const up = (metres * BOX_MARGIN) / METRES_PER_DEGREE
  const south = Math.max(-90, lat - up)
  const north = Math.min(90, lat + up)
  if (south === -90 || north === 90) return [asLine(-180, south, 180, north)]
  // The widest parallel of the circle (Bronstein, spherical trigonometry: sin Δλ = sin r / cos φ).
  const sine = Math.sin((up * Math.PI) / 180) / Math.cos((lat * Math.PI) / 180)
  if (sine >= 1) return [asLine(-180, south, 180, north)]
  const across = (Math.asin(sine) * 180) / Math.PI
  const west = lng - across
  const east = lng + across
  if (west < -180) return [asLine(-180, south, east, north), asLine(west + 360, south, 180, north)]
  if (east > 180) return [asLine(west, south, 180, north), asLine(-180, south, east - 360, north)]
  return [asLine(west, south, east, north)]
}

function asLine(west: number, south: number, east: number, north: number): string {
  return `LINESTRING(${west} ${south},${east} ${north})`
}
