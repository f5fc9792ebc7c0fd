import { prepareImage } from './prepare-image.ts'

// A process of its own for one picture: see decode-in-child.ts.

const [, , file = ''] = process.argv
const made = await prepareImage(file)
if (typeof made === 'string') process.stdout.write(`${JSON.stringify({ fault: made })}\n`)
else {
  const { image, ...about } = made
  process.stdout.write(Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), image]))
}
