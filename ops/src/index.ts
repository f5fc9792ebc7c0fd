export { DATABASES, type TopologyOptions } from './options.ts'
export { missingPackages } from './programs.ts'
export { bringUp, inspect, restartServers, takeDown, type PartStatus } from './topology.ts'
