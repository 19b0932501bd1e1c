import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import ts from 'typescript-eslint'

/** The layers, outermost first: pages, components, composables / stores, api. Nobody imports from further out. */
const layer = (files, ...forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: forbidden.map(([group, message]) => ({ group, message, allowTypeImports: true })) }],
  },
})
const VUE = [['vue', 'vue-*', 'pinia', '@vueuse/*'], 'api/, markdown/ and commands/ are plain TypeScript']
const API = [['@/api/*'], 'components never fetch: ask a store or a composable']
const OUT = [['@/components/*', '@/pages/*'], 'stores and composables know no component']

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.d.ts'] },
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'max-lines': ['error', { max: 160, skipBlankLines: true }],
    },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-undef': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'never', component: 'any' } }],
      'vue/require-default-prop': 'off', // optional is optional: strict TypeScript sees to undefined
      'vue/attributes-order': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multi-word-component-names': 'off',
      'vuejs-accessibility/label-has-for': 'off', // axe checks the result in a real browser
    },
  },
  layer(['src/api/**', 'src/markdown/**', 'src/commands/**', 'src/timeline/**', 'src/outbox/**'], VUE),
  layer(['src/stores/**', 'src/composables/**'], OUT),
  layer(['src/components/**', 'src/pages/**'], API),
  { files: ['src/components/message/MarkdownText.vue'], rules: { 'vue/no-v-html': 'off' } },
)
