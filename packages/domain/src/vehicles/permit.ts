/** Permissions of a rider besides the vehicle: being a customer of the place, or having a permit (residents, staff, members). */
export const PERMITS = ['customer', 'permit'] as const
export type Permit = (typeof PERMITS)[number]
