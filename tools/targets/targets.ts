/** The oldest browsers that the apps are built for (`build.target` of Vite, see tools/build/app-build.ts). */
export const TARGETS = { chrome: '111', edge: '111', firefox: '115', safari: '16.4', safari_ios: '16.4' } as const
