/**
 * The shapes that the sandbox's HTTP interface speaks (docs/sandbox.md), as far as the page reads them. Where a
 * name is the Bot API's, so is its meaning: https://core.telegram.org/bots/api.
 *
 * @typedef {{id: number, is_bot?: boolean, first_name: string, last_name?: string, username?: string,
 *   language_code?: string, blocked?: boolean}} User
 *
 * @typedef {{user: User, status: string}} Member
 *
 * @typedef {{command: string, description: string}} Command
 *
 * @typedef {{id: number, type: string, title?: string, first_name?: string, members?: Member[],
 *   migrated_to?: number | null, blocked?: boolean, keyboard?: Keyboard | null, commands?: Command[],
 *   menu_button?: {type: string}, last_message?: Message | null}} Chat
 *
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string, user?: User}} Entity
 *
 * @typedef {{text: string, url?: string, callback_data?: string, pay?: boolean, copy_text?: {text: string},
 *   switch_inline_query?: string, switch_inline_query_current_chat?: string,
 *   switch_inline_query_chosen_chat?: {query?: string}, web_app?: {url: string},
 *   login_url?: {url: string}}} InlineButton
 *
 * @typedef {{text: string, request_contact?: boolean, request_location?: boolean} | string} ReplyButton
 *
 * @typedef {{inline_keyboard?: InlineButton[][], keyboard?: ReplyButton[][], resize_keyboard?: boolean,
 *   one_time_keyboard?: boolean, is_persistent?: boolean, input_field_placeholder?: string,
 *   force_reply?: boolean, remove_keyboard?: boolean}} Keyboard
 *
 * @typedef {{file_id: string, width?: number, height?: number, file_name?: string, mime_type?: string,
 *   file_size?: number, duration?: number, emoji?: string, url?: string, thumbnail?: FileInfo,
 *   title?: string, performer?: string}} FileInfo
 *
 * @typedef {{title: string, description: string, currency: string, total_amount: number,
 *   start_parameter?: string}} Invoice
 *
 * @typedef {{prices: {label: string, amount: number}[], photo_url?: string | null, max_tip_amount?: number,
 *   suggested_tip_amounts?: number[], payable?: boolean, paid?: {user: number, at: number}[],
 *   need_name?: boolean, need_phone_number?: boolean, need_email?: boolean,
 *   need_shipping_address?: boolean}} InvoiceDetails
 *
 * @typedef {{message_id: number, date: number, edit_date?: number, from?: User, chat: Chat, version?: number,
 *   text?: string, entities?: Entity[], caption?: string, caption_entities?: Entity[],
 *   show_caption_above_media?: boolean, has_media_spoiler?: boolean,
 *   photo?: FileInfo[], document?: FileInfo, sticker?: FileInfo, voice?: FileInfo, audio?: FileInfo,
 *   video?: FileInfo, animation?: FileInfo, dice?: {emoji: string, value: number},
 *   location?: {latitude: number, longitude: number}, contact?: {phone_number: string, first_name: string,
 *   last_name?: string}, invoice?: Invoice, invoice_details?: InvoiceDetails,
 *   link_preview?: {url: string, photo: FileInfo[], show_above_text?: boolean},
 *   reply_markup?: Keyboard, reply_to_message?: Message, via_bot?: User,
 *   forward_origin?: {type: string, sender_user?: User, sender_user_name?: string, sender_chat?: Chat, chat?: Chat},
 *   new_chat_members?: User[], left_chat_member?: User, new_chat_title?: string, group_chat_created?: boolean,
 *   supergroup_chat_created?: boolean, migrate_to_chat_id?: number, migrate_from_chat_id?: number,
 *   pinned_message?: Message, successful_payment?: {currency: string, total_amount: number},
 *   refunded_payment?: {currency: string, total_amount: number}}} Message
 *
 * @typedef {{kind: string, id?: string, state?: string, answer?: CallbackAnswer | null, url?: string,
 *   query?: string, here?: boolean, text?: string, message?: Message}} TapResult
 *
 * @typedef {{text?: string, show_alert?: boolean, url?: string}} CallbackAnswer
 *
 * @typedef {{id: string, state: string, error_message: string | null, chat: number, message_id: number}} Payment
 *
 * @typedef {{type: string, id: string, title?: string, description?: string, thumbnail_url?: string,
 *   photo_url?: string, caption?: string}} InlineResult
 *
 * @typedef {{id: string, state: string, results: InlineResult[], next_offset?: string,
 *   button?: {text: string, start_parameter?: string} | null}} InlineAnswer
 *
 * @typedef {{id: number, at: number, from: string, to: string[], subject: string, text: string,
 *   html: string | null, attachments: {name: string, type: string, size: number, url: string}[]}} Mail
 *
 * @typedef {{bot: User, now: number, description?: string, short_description?: string,
 *   last_event: number}} Info
 */

export {};
