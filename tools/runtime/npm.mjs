import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import { ROOT, StepError } from './step.mjs'

const MAX_SHOWN_LINES = 12
const WINDOWS = process.platform === 'win32'

/**
 * Runs npm with `node` first on PATH, so that npm and its scripts use that Node. It prints nothing; if npm fails, it
 * throws a StepError with the important part of the output and `advice`.
 */
export async function npm(step, node, args, advice) {
  const child = spawn('npm', args, {
    cwd: ROOT,
    env: npmEnvironment(node),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: WINDOWS,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.code === 'ENOENT' ? 'npm is not on PATH' : error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  if (code === 0) return
  throw new StepError(`kickstand ${step}: npm ${args[0]} failed:\n${gist(output)}\nWhat to do: ${advice}`)
}

/** The last lines of a package script; if none ran, the first lines of npm's error (its usage text follows). */
function gist(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && line.trim() !== 'npm error')
  const ours = lines.filter((line) => !/^(npm |> )/.test(line))
  const shown = ours.length > 0 ? ours.slice(-MAX_SHOWN_LINES) : lines.slice(0, MAX_SHOWN_LINES)
  return shown.map((line) => `  ${line}`).join('\n')
}

/**
 * The environment for npm under another Node than the installed one. Variables of an outer npm are removed, because an
 * inner one would read them as its options. Added are the system's certificates and the global npm settings, which npm
 * looks for next to the Node that it runs on.
 */
function npmEnvironment(node) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)/.test(name),
  )
  return {
    NODE_USE_SYSTEM_CA: '1',
    ...(node === process.execPath ? {} : { npm_config_globalconfig: globalSettings() }),
    ...Object.fromEntries(kept),
    PATH: pathWith(node),
  }
}

function globalSettings() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'globalconfig'], {
    encoding: 'utf8',
    cwd: ROOT,
    shell: WINDOWS,
  })
  return (stdout ?? '').trim()
}

/** PATH with the folder of `node` in front. */
export function pathWith(node) {
  return [path.dirname(node), process.env.PATH].filter(Boolean).join(path.delimiter)
}
