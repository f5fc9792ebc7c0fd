import { expect, test } from '../fixtures.ts'

test('the browser has WebGL 2, which the map needs', async ({ page }) => {
  await page.goto('about:blank')
  const version = await page.evaluate(() => document.createElement('canvas').getContext('webgl2')?.getParameter(0x1f02))
  expect(version).toMatch(/WebGL 2/)
})
