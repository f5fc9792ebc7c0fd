/** What other features read of what one rider contributed. */
export { toPhotoBody } from './photos/add-photo.ts'
export { readContributionsOfRider, riderIdsOfContributions, type RiderContributions } from './rider-data-store.ts'
