// stylua.mjs [--write] MODULE FILE...: says which files are not laid out as `editors/neovim/.stylua.toml` has it, and
// leaves with 1 if there are any; with --write it lays them out. MODULE is the folder of npm's @johnnymorganz/stylua.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const words = process.argv.slice(2)
const write = words[0] === '--write' && Boolean(words.shift())
const [folder, ...files] = words
const stylua = createRequire(import.meta.url)(folder)

const wanted = readFileSync(new URL('../../../editors/neovim/.stylua.toml', import.meta.url), 'utf8')

// A new one each time: it is used up by what it is given to.
function config() {
  const made = stylua.Config.new()
  for (const [, key, value] of wanted.matchAll(/^(\w+) = "?(\w+)"?$/gm)) {
    const kinds = { indent_type: stylua.IndentType, quote_style: stylua.QuoteStyle }[key]
    made[key] = kinds ? kinds[value] : Number(value)
  }
  return made
}

let differ = 0
for (const file of files) {
  const text = readFileSync(file, 'utf8')
  const laidOut = stylua.formatCode(text, config(), undefined, stylua.OutputVerification.None)
  if (laidOut !== text) {
    differ += 1
    console.log(`${write ? 'laid out' : 'not laid out'}: ${file}`)
    if (write) writeFileSync(file, laidOut)
  }
}
process.exitCode = differ && !write ? 1 : 0
