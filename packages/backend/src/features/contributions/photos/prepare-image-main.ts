import { prepareImage } from './prepare-image.ts'

// The main file of the child process that decodes one image: see decode-in-child.ts.

const [, , file = ''] = process.argv
const prepared = await prepareImage(file)
if (typeof prepared === 'string') process.stdout.write(`${JSON.stringify({ fault: prepared })}\n`)
else {
  const { image, ...properties } = prepared
  process.stdout.write(Buffer.concat([Buffer.from(`${JSON.stringify(properties)}\n`), image]))
}
