import { expect, test } from '../fixtures.ts'

test('the page opens with its title and without errors', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto('/')
  await expect(page).toHaveTitle(/Kickstand/)
  await expect(page.locator('body')).not.toBeEmpty()
  expect(errors).toEqual([])
})
