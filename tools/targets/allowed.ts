/** Allowed uses of newer APIs, because the code checks for them at run time. `file` matches the file name. */
export const ALLOWED: readonly { readonly file: RegExp; readonly api: string; readonly because: string }[] = [
  {
    file: /^(zone-map|maplibre-gl-worker)-/,
    api: 'VideoFrame',
    because: 'the map engine checks that it exists before it reads pixels',
  },
  {
    file: /^(zone-map|maplibre-gl-worker)-/,
    api: 'Intl.Segmenter',
    because: 'the map engine checks that it exists, else it splits by code point',
  },
]
