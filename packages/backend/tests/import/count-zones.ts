/**
 * Reads the file that it is called with and prints how many zones it has and how much memory that took at most: run as a
 * process of its own, so that nothing else is counted.
 */
import { readFeed } from '#feeds/read-feed.ts'

const [file = '', profiles = ''] = process.argv.slice(2)
const feed = await readFeed({ file, profile: null, sourceId: null, supply: 'motorcycle', profiles })
let zones = 0
for await (const row of feed.rows()) if ('facts' in row) zones += 1
process.stdout.write(JSON.stringify({ zones, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
