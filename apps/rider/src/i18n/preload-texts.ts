// A script of its own that the build adds to index.html. It imports nothing, because it must be small and run first. Where
// storage is forbidden it fails, and the texts come a little later.

const wanted = [localStorage.getItem('kickstand.language') ?? '', ...navigator.languages]
const codes = wanted.map((tag) => tag.split('-')[0]?.toLowerCase() ?? '')
const link = document.createElement('link')
link.rel = 'modulepreload'
link.href = `${TEXT_PREFIX}${codes.find((code) => TEXT_LANGUAGES.includes(code)) ?? 'en'}-rider.js`
document.head.append(link)
