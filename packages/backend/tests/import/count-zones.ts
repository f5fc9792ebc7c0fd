/**
 * Reads the given file and prints its number of zones and the peak memory. It runs as a separate
 * process, so that nothing else is counted.
 */
import { readFeed } from '@kickstand/ingest'

const [file = '', profiles = ''] = process.argv.slice(2)
const feed = await readFeed({ file, profile: null, sourceId: null, supply: 'motorcycle', profiles })
let zones = 0
for await (const row of feed.rows()) if ('facts' in row) zones += 1
process.stdout.write(JSON.stringify({ zones, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
