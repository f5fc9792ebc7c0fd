/** The oldest browsers that the page is built for, equal to `build.target` of apps/rider/vite.config.ts. */
export const TARGETS = { chrome: '111', edge: '111', firefox: '115', safari: '16.4', safari_ios: '16.4' } as const
