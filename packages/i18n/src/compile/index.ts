export { compileCatalogue, type CatalogueFile, type CompiledCatalogue } from './compile-catalogue.ts'
export { compareCatalogues } from './compare-catalogues.ts'
export { messageTypes } from './message-types.ts'
