import type { MapTheme } from '../map-types.ts'

/**
 * The colours of the basemap. Light: grey streets with white lane marks on a pale ground. Dark: a dark blue ground,
 * with warmer colours for larger streets. Saturated blue is reserved for zones, so water is grey-green in light and
 * darker than the land in dark.
 */
export type MapPalette = {
  land: string
  town: string
  industry: string
  campus: string
  care: string
  park: string
  pitch: string
  wood: string
  sand: string
  ice: string
  water: string
  shore: string
  building: string
  buildingEdge: string
  runway: string
  motorway: string
  major: string
  medium: string
  minor: string
  path: string
  casing: string
  bridgeCasing: string
  laneMark: string
  rail: string
  boundary: string
  ferry: string
  text: { place: string; quarter: string; road: string; water: string; poi: string; green: string; number: string }
  halo: string
}

export const MAP_PALETTES: Record<MapTheme, MapPalette> = {
  light: {
    land: '#f3f3ef',
    town: '#eeeeea',
    industry: '#e9e8e4',
    campus: '#efece0',
    care: '#f4e9e4',
    park: '#d9e5cf',
    pitch: '#cbdcc0',
    wood: '#cbdcc2',
    sand: '#f0e8cf',
    ice: '#f7fafb',
    water: '#bccfd3',
    shore: '#a4bbc1',
    building: '#e2e2de',
    buildingEdge: '#d2d3d0',
    runway: '#d7dadd',
    motorway: '#a5afb8',
    major: '#b3bcc4',
    medium: '#c2c9cf',
    minor: '#d2d7db',
    path: '#c3c4bf',
    casing: '#fbfbf9',
    bridgeCasing: '#8b96a0',
    laneMark: '#ffffff',
    rail: '#b2b0ab',
    boundary: '#9a8f9f',
    ferry: '#8aa5ac',
    text: {
      place: '#1f262d',
      quarter: '#5b646d',
      road: '#343c44',
      water: '#47686f',
      poi: '#5d564a',
      green: '#48663f',
      number: '#8a8f92',
    },
    halo: '#fafaf7',
  },
  dark: {
    land: '#111b2a',
    town: '#131e2e',
    industry: '#151f2d',
    campus: '#171f30',
    care: '#1b1f30',
    park: '#122a2a',
    pitch: '#163331',
    wood: '#11302c',
    sand: '#22262c',
    ice: '#22303f',
    water: '#091320',
    shore: '#1d3244',
    building: '#18253a',
    buildingEdge: '#22314a',
    runway: '#26344a',
    motorway: '#a07a3a',
    major: '#866b3b',
    medium: '#655639',
    minor: '#344256',
    path: '#2f3d51',
    casing: '#0c1522',
    bridgeCasing: '#060c15',
    laneMark: '#d8c79a',
    rail: '#3b4a5f',
    boundary: '#6c6585',
    ferry: '#2f4a5e',
    text: {
      place: '#f1ede2',
      quarter: '#93a3b8',
      road: '#d5d3c8',
      water: '#7fa3ba',
      poi: '#b9ad95',
      green: '#86b39a',
      number: '#64748a',
    },
    halo: '#0d1624',
  },
}
