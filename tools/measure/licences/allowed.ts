/** Licences under which a package may be part of the product, by their SPDX identifiers. */
export const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** A package that may have other licences than the rest. `packages`: its name, or names with `*` at the end. */
export type Exemption = { readonly packages: string; readonly licences: readonly string[]; readonly reason: string }

/** LGPL obliges us to let anybody replace the module by their own build, so that only separate modules are listed. */
export const EXEMPTIONS: readonly Exemption[] = [
  {
    packages: 'opening_hours',
    licences: ['LGPL-3.0-only'],
    reason: 'An unchanged module in its own folder, loaded from there: see docs/decisions/0010-opening-hours.md.',
  },
  {
    packages: '@img/sharp-*',
    licences: ['LGPL-3.0-or-later'],
    reason: 'libvips as a shared library in a package of its own. Another build can take its place.',
  },
  {
    packages: 'date-holidays',
    licences: ['CC-BY-3.0'],
    reason: 'Its holidays come from Wikipedia (CC BY-SA 3.0), unchanged, with their attribution in the package.',
  },
]

/** Licence files of packages whose package.json names no licence. The file must have the phrase, else they have none. */
export const LICENCE_FILES: Readonly<Record<string, { file: string; phrase: string; licence: string }>> = {
  suncalc: {
    file: 'LICENSE',
    phrase: 'Redistribution and use in source and binary forms, with or without modification, are\npermitted',
    licence: 'BSD-2-Clause',
  },
}
