/** Where OpenAI's API is; any other server that speaks it is named in the settings. */
export const OPENAI_URL = 'https://api.openai.com/v1';
