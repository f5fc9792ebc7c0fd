declare module 'virtual:texts/*' {
  const catalogue: import('@kickstand/i18n').Catalogue
  export default catalogue
}
