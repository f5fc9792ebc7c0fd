/** The id of the content, to which the skip link moves the focus. */
export const CONTENT_ID = 'content'
