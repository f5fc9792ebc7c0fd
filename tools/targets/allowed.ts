/** Uses of newer APIs that ask first whether the browser has them, by the part of the file's name. */
export const ALLOWED: readonly { readonly file: RegExp; readonly api: string; readonly because: string }[] = [
  {
    file: /^(zone-map|maplibre-gl-worker)-/,
    api: 'VideoFrame',
    because: 'the map engine asks for it before it reads pixels',
  },
  {
    file: /^(zone-map|maplibre-gl-worker)-/,
    api: 'Intl.Segmenter',
    because: 'the map engine asks for it, else it splits by code point',
  },
]
