import { DomainError } from '@kickstand/domain'
import { expect, it } from 'vitest'
import { createPhotoTurns } from './photo-turns.ts'

type Begun = { readonly address: string; readonly end: () => void }

function scene() {
  const turns = createPhotoTurns()
  const begun: Begun[] = []
  async function send(address: string): Promise<string> {
    try {
      await turns(address, () => new Promise<void>((end) => begun.push({ address, end })))
      return 'done'
    } catch (error) {
      return error instanceof DomainError ? error.code : String(error)
    }
  }
  return { begun, send }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('processes one photo of an address, queues one, and rejects the next', async () => {
  const { begun, send } = scene()
  const sent = [send('a'), send('a')]
  expect(await send('a')).toBe('rate-limited')
  await settled()
  expect(begun.map(({ address }) => address)).toEqual(['a'])
  begun[0]?.end()
  await settled()
  expect(begun).toHaveLength(2)
  begun[1]?.end()
  expect(await Promise.all(sent)).toEqual(['done', 'done'])
})

it('one address does not delay another, and the queue is first in, first out', async () => {
  const { begun, send } = scene()
  const sent = ['a', 'a', 'b', 'c'].map((address) => send(address))
  await settled()
  expect(begun.map(({ address }) => address)).toEqual(['a', 'b'])
  begun[1]?.end()
  await settled()
  expect(begun.map(({ address }) => address)).toEqual(['a', 'b', 'c'])
  begun[0]?.end()
  begun[2]?.end()
  await settled()
  begun[3]?.end()
  expect(await Promise.all(sent)).toEqual(['done', 'done', 'done', 'done'])
})

it('rejects photos of any address while the queue is full, and accepts them again later', async () => {
  const { begun, send } = scene()
  const sent = Array.from({ length: 10 }, (_, i) => send(`address-${i}`))
  expect(await send('late')).toBe('overloaded')
  await settled()
  begun[0]?.end()
  await settled()
  sent.push(send('late'))
  for (let ended = 1; ended < 11; ended += 1) {
    await settled()
    begun[ended]?.end()
  }
  expect(new Set(await Promise.all(sent))).toEqual(new Set(['done']))
})
