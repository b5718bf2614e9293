import { describe, expect, it } from 'vitest'
import { isGenerated } from '../../src/change/schema/generated-file.ts'

describe('a file of a change', () => {
  it.each([
    ['tasks.md', 'tasks.md'],
    ['specs/a/spec.md', 'specs/**/*.md'],
    ['specs/a/b/spec.md', 'specs/**/*.md'],
    ['specs/spec.md', 'specs/**/*.md'],
    ['specs/a/b/spec.md', 'specs/**'],
    ['notes/one-1.md', 'notes/*-*.md'],
    ['a/b/c/b/d.md', '**/b/*.md'],
  ])('%s is what %s asks for', (file, generates) => {
    expect(isGenerated(file, generates)).toBe(true)
  })

  it.each([
    ['Tasks.md', 'tasks.md'],
    ['specs/a/spec.md', 'specs/*.md'],
    ['specs/a/spec.txt', 'specs/**/*.md'],
    ['other/a.md', 'specs/**/*.md'],
    ['notes/one.md', 'notes/*-*.md'],
    ['taskszmd', 'tasks.m*'],
  ])('%s is not what %s asks for', (file, generates) => {
    expect(isGenerated(file, generates)).toBe(false)
  })

  it('is distinguished from a pattern of many stars, which an expression would try in every way', () => {
    const file = `${'a'.repeat(200)}.md`
    expect(isGenerated(file, `${'*a'.repeat(40)}*b`)).toBe(false)
    expect(isGenerated(file, `${'*a'.repeat(40)}*.md`)).toBe(true)
    expect(isGenerated('a/'.repeat(100) + file, `${'**/a/'.repeat(20)}*b`)).toBe(false)
  })
})
