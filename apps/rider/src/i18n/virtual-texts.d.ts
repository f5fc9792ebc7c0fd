declare module 'virtual:texts/*' {
  const catalogue: import('@kickstand/i18n').Catalogue
  export default catalogue
}

// Put into `preload-texts.ts` by the build.
declare const TEXT_PREFIX: string
declare const TEXT_LANGUAGES: readonly string[]
