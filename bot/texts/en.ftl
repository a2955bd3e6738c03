### What the bot says. Plain, warm, short. Promise nothing the rules do not hold.
### The program fills in what stands in { }. Checked by: python -m bot check

## Danger to life and limb

-emergency-numbers =
    If somebody is in danger, please call now:
    112 – ambulance and fire
    110 – police

    To talk, free and without giving your name:
    116 016 – helpline violence against women (day and night, many languages)
    0800 1110111 – crisis line Telefonseelsorge (day and night)
    116 111 – for children and young people (Monday to Saturday, 2 to 8 p.m.)
danger-numbers = In danger, please call 112 (ambulance, fire brigade) or 110 (police).
danger-untaken = Nobody at the office has taken your message yet. Do not wait for us.
-danger-call = Is somebody in danger? Please call 112.
emergency =
    { -emergency-numbers }

    Your message reaches us, too. But we read it only when the office is open. Do not wait for us.
emergency-blocked =
    { -emergency-numbers }

    Nobody reads your message here. Do not wait for us.

## First contact and privacy

notice =
    Hello! You are writing to: { $office }.
    Tell us in your own words what it is about. Your inquiry goes straight to the right contact person.

    First, a word about privacy:
    • We store your first name, your messages and the answers, so that we can deal with your inquiry.
    • We delete everything { $content } after your inquiry has ended. With /delete you can delete it yourself at any time.
    • Telegram carries the messages. Telegram is not part of our office.
    • Please do not write about health, religion or residence status, and do not send identity papers.
    • In an emergency please call 112 (ambulance, fire) or 110 (police).
notice-held = Your message is not lost: tap “{ $button }” and I will deal with it at once. Otherwise I delete it after { $hold }.
notice-kept = I am keeping this message too.
notice-still-waiting = { notice-kept } Please tap “{ $button }” and I will deal with everything.
held-expired =
    { $count ->
        [one] I have deleted your message of { $at }.
       *[other] I have deleted { $count } messages of yours, the first of { $at }.
    } As long as you do not tap “{ btn-go-on }”, I keep messages for { $hold } only. Do you still need something? Then just write once more.
held-ways = To reach us without Telegram: { $ways }
held-lost =
    { $count ->
        [one] Your message of { $at } got stuck with me. Nobody has seen it, and I have now deleted it.
       *[other] { $count } messages of yours, the first of { $at }, got stuck with me. Nobody has seen them, and I have now deleted them.
    } I am sorry. Please write once more.
notice-changed =
    Our privacy notice has changed. You do not need to do anything; we handle your message as always. This is what applies now:
privacy-link = In full: { $url }
btn-go-on = Continue
btn-go-on-in = { $language ->
        [de] Auf Deutsch weiter
       *[en] Continue in English
    }
btn-privacy = More about privacy
welcome =
    Now just tell me what it is about: what you are looking for, offering, or would like to know.
    One or two sentences are enough. You may write in your own language.
welcome-urgent = Thank you. Your inquiry { $reference } is already with { $contact }.
welcome-back = Hello { $name }! Just tell me what it is about.
help =
    How it works: tell me in your own words what you need, offer or would like to know. I pass it to the right contact person, and you get the answer here.

    Our topics: { $fields }.

    • To add something to an inquiry: reply to one of my messages about it.
    • Something new: just write a new message.
    • /status – your inquiries
    • /language – change the language
    • /privacy – what we store
    • /mydata – what is stored about you, as a file too
    • /change – something is wrong
    • /delete – delete your data

    In an emergency: 112 (ambulance, fire) or 110 (police).
language-ask = In which language should I write? You may write in any language.
language-name = English
language-set = Good, I will write in English from now on.
unknown-command = I do not know this command. Just tell me in your own words what it is about, or tap /help.

## Privacy in full (Art. 13 GDPR), as a message and as a page

art13-title = Privacy: what happens to your data
art13-title-controller = Who is responsible?
art13-text-controller =
    { $controller }
    { $contact }
art13-title-officer = Who helps with questions about privacy?
art13-text-officer = The data protection officer: { $officer }
art13-title-purpose = What do we need your data for?
art13-text-purpose = To bring your inquiry to the right person and the answer back to you. This is our public task (Art. 6(1)(e) GDPR, § 4 LDSG BW). If life and limb are in danger we act at once (Art. 6(1)(d) GDPR). We count what people ask for – without names.
art13-title-data = What do we store?
art13-text-data = Your first name, your language, the number of your Telegram chat (not your phone number; only to answer you), your messages, our answers, and what happened when. Also what the program recognises in your message: topic, place and who is writing. We do not store photos and files; they stay with Telegram.
art13-title-recipients = Who sees your data?
art13-text-recipients = The contact persons for your topic, those who stand in for them, the head of the unit, and the office's technical staff. Where a team works together, the team sees it. We pass nothing on to others.
art13-title-telegram = What about Telegram?
art13-text-telegram = Telegram carries all messages and stores them on its own servers, also outside the EU. Your data is not protected there everywhere as well as it is here. Nor has the EU Commission decided that the protection is enough. It is your choice whether you use Telegram. To reach us without Telegram: { $other_ways }
art13-title-retention = For how long?
art13-text-retention =
    • If you never tap “{ $button }”: we delete your message after { $hold }.
    • Your inquiry: we delete everything { $content } after it has ended. If nobody writes for { $silent }, we end it. An urgent one we end only after somebody has answered.
    • What could not be delivered: { $parked } at most.
    • Nothing is kept longer than { $longest }. Only figures without names stay.
art13-title-rights = Your rights
art13-text-rights =
    • See what is stored: /mydata
    • Correct what is wrong: /change
    • Delete it: /delete
    • Object, or have the processing restricted: write to us, or call us.
    • Complain: { $authority }
art13-title-duty = Do you have to tell us anything?
art13-text-duty = No. But without your message we cannot answer. A program recognises by keywords which topic your message belongs to. Everything else is decided by people.
art13-title-limits = Good to know
art13-text-limits = Your message here is not a formal application and does not meet any deadline. Please do not write about health, religion or residence status, and do not send identity papers.
art13-version = Version { $version }
sample-controller = SAMPLE, not filled in yet: Musterkreis county office, Musterstraße 1, 12345 Musterstadt
sample-contact = SAMPLE, not filled in yet: telephone 01234 567-0, e-mail amt@musterkreis.example
sample-officer = SAMPLE, not filled in yet: datenschutz@musterkreis.example
sample-authority = SAMPLE, not filled in yet: supervisory authority with its address
sample-other_ways = SAMPLE, not filled in yet: telephone 01234 567-0

## In one's own hands: look

own-data-head = This is what is stored about you:
own-data-name = First name: { $name }
own-data-language = Language: { $language }
own-data-chat = Number of your Telegram chat, only for answering you: { $chat }
own-data-since = First wrote: { $at }
own-data-noticed = Privacy notice confirmed with “{ btn-go-on }”: { $at } (version { $version })
own-data-unnoticed = Privacy notice: you have not tapped “{ btn-go-on }” yet. If you do not, everything will be deleted: { $at }
own-data-inquiries = Your inquiries:
own-data-inquiry = • { $reference } · { $fields }: { $state }. Came in on { $opened }. Messages: { $own } from you, { $ours } from us. { $goes }
own-data-inquiry-asked = • { $reference }: { $state }. Came in on { $opened }. Messages: { $own } from you, { $ours } from us. { $goes }
own-data-goes = Will be deleted on { $at }.
own-data-goes-latest = Will be deleted on { $at } at the latest.
own-data-more = … and { $count } more. They are in the file.
own-data-no-inquiry = You have no inquiry with us. Without a new inquiry we delete everything listed above: { $at }
own-data-held = { $count ->
        [one] One of your messages is waiting for you to tap a button.
       *[other] { $count } of your messages are waiting for you to tap a button.
    }
own-data-files = I am sending you everything in detail as files now: a page to read, and the same for programs (JSON).
own-data-again = I sent you the files with all the details a short while ago. You can have new ones from: { $at }
own-data-hands = Something is wrong? /change – Delete: /delete – Why we store this: /privacy
own-data-page-caption = Your data, to read
own-data-json-caption = Your data, for programs
own-data-file = my-data

## My data, as a page and a file

own-data-json-explained = Everything that is stored about you. Colleagues appear by their role, not by name. Of internal notes you find only when they were written and by which office. Times are UTC.
own-page-title = Your data at: { $office }
own-page-made = This page shows everything our Telegram service has stored about you. As of: { $at }
own-page-you = About you
own-page-inquiry = Inquiry { $reference }
own-page-messages = Messages
own-page-notes = { $count ->
        [one] There is one internal note about it.
       *[other] There are { $count } internal notes about it.
    } The wording is left out here, because it may concern other people too. Ask us for it. We will check what we may give you.
own-page-sent = What the bot sent about it
own-page-held = Messages that are waiting
own-page-held-text = Nobody has seen these messages yet. They are waiting for you to tap a button in the chat.
own-page-held-until = Waits until { $at }
own-page-rest = What belongs to no inquiry
own-page-sent-rest = Other messages from the bot to you
own-page-inbox = Messages from you that are not handled yet
own-page-blocks = Blocks
own-page-missing = What is missing here, and why
own-page-missing-text =
    Names of colleagues: they speak for the office and appear by their role.
    The wording of internal notes: they may concern other people too. Ask us for them.
    Photos, files and voice messages: we keep only that there were some. They are with Telegram.
    What Telegram itself stores about you: we do not know. Ask there.
    What was taken into an official file: it has rules of its own. Ask the contact.
own-page-rights = What you can do
own-page-rights-text =
    Write /change in the chat if something is wrong.
    Write /delete to delete one inquiry or everything.
    Write /privacy for everything else, also where you can complain.
record-name = First name
record-language = Language of the bot
record-chat = Number of the Telegram chat
record-since = Since
record-until = Until
record-noticed = Privacy notice confirmed with “{ btn-go-on }”
record-notice-version = Version of the notice
record-opened = Came in
record-touched = Last activity
record-closed = Ended
record-goes = Will be deleted at the latest
record-follows = Belongs to the earlier inquiry
record-place = Place recognised
record-who = Who writes
record-wants = Concern
record-spoken = Language of the message
record-found = Words by which the topic was recognised
record-helped = Did it help?
record-asked-only = asked, no answer yet
record-slipped = Told that it is taking longer
record-for-file = Official file
record-for-file-yes = marked for the file
record-filed = taken into the file on { $at }
record-field = Topic
record-contact = Contact
record-state = State
record-due = Answer promised by
record-shares = Who had the inquiry
record-copies = Who else got a copy of the card
record-journal = What happened
record-at = When
record-event = What
record-details = Details
record-to = To
record-what = Content
record-you = You
record-office = the office
record-edited = changed on { $at }
record-note = internal note
record-raw = As it came from Telegram
record-error = Error
record-timers = What is still to come
record-timer-ask = End of the wait for your choice of topic
record-timer-which = End of the wait for your choice of inquiry
record-timer-take = Reminder if nobody has taken it
record-timer-soon = Reminder before the deadline
record-timer-due = Deadline
record-timer-room = Go on with what you wrote at once
record-timer-sparing = End of the wait for your message with very personal things
record-inbox-waiting = waiting
record-inbox-parked = could not be handled
record-by-inquirer = the person themselves
record-by-operator = the technical staff
record-sent-queued = waiting
record-sent-sending = being sent
record-sent-sent = sent
record-sent-uncertain = perhaps sent
record-sent-parked = not sent
record-kind-photo = photo
record-kind-document = file
record-kind-video = video
record-kind-audio = audio
record-kind-voice = voice message
record-kind-location = location
record-kind-contact_card = contact
record-kind-sticker = sticker
record-kind-other = other message
record-delivery-text = message that is shown above
record-delivery-copy = copy of a photo or a file
record-delivery-edit = a message updated
record-delivery-edit_buttons = buttons changed
record-delivery-document = file with your data
record-delivery-delete = a message deleted

## In one's own hands: change

change-none = You have no inquiry in which you can change anything right now. Just tell me what you need.
change-which = In which inquiry is something wrong?
btn-change-one = { $reference } ({ $state })
change-what =
    This is what I understood about { $reference }. What is wrong?

    First name: { $name } (from Telegram. If you change it there, the new one counts from your next message on.)
    Place: { $place }
    About you: { $who }
change-field = Topic: { $fields }
change-unknown = not recognised
btn-change-place = Change the place
btn-change-no-place = Remove the place
btn-change-who = Change what it says about me
change-place-ask = Which place is { $reference } about? Please write just its name.
change-place-unknown = I am sorry, I do not know this place. Please write a municipality in the county, or tap “{ btn-change-keep }”. Was that a message to us? Then please write to us once more.
btn-change-keep = Leave it
change-kept = Fine, the place of { $reference } stays as it was.
change-who-ask = Which of these fits you in { $reference }?
i-am-citizen = I live here
i-am-volunteer = I help as a volunteer
i-am-business = I am writing for a business
i-am-newcomer = I am new in Germany
i-am-organisation = For an association or organisation
you-are-citizen = a resident
you-are-volunteer = a volunteer
you-are-business = writing for a business
you-are-newcomer = new in Germany
you-are-organisation = writing for an association or organisation
change-done-place = Changed: { $reference } is about { $place } now.
change-done-no-place = Changed: { $reference } no longer names a place.
change-done-who = Changed: { $reference } now says “{ $who }”.
change-seen = The contact sees it on their card.

## In one's own hands: delete

delete-explained =
    What would you like to delete?

    This is deleted: your name, your messages, our answers and what happened when. I also delete my messages of the last two days in the chats, here and at the office.
    This stays: a line for the statistics and a check number, both without a name. With the check number we delete once more if we bring back a backup.
    I cannot delete what Telegram itself keeps. Is something in an official file already? It has rules of its own. Please ask the contact.
    Open inquiries are then withdrawn. Nobody can undo this.
btn-delete-one-field = Delete only { $reference } · { $field }
btn-delete-one = Delete only { $reference }
btn-delete-all = Delete everything
delete-sure = Really delete everything, open inquiries too?
btn-delete-sure = Yes, delete everything
btn-delete-keep = Delete nothing
delete-done-one = Done: everything about { $reference } is deleted.
delete-done-all = Done: I have deleted everything about you. If you write again, we start afresh.
delete-kept = Fine, everything stays as it is.
deleted-contact = { $reference } was deleted by the person and is withdrawn. There is nothing more to do. Please also delete what is still in this chat.
deleted-contact-urgent = ‼️ { $reference } was deleted by the person. The inquiry was marked as urgent. Please check whether somebody is in danger all the same. Please also delete what is still in this chat.
deleted-card = { $reference }: deleted by the person
expired-card = { $reference }: deleted, because its time to be kept is over

## Commands in the menu

command-hilfe = How it works
command-status = My inquiries
command-sprache = Change the language
command-datenschutz = What we store
command-meinedaten = What is stored about me?
command-aendern = Something is wrong
command-loeschen = Delete my data
command-desk-offen = What is waiting for me
command-desk-suche = Find inquiries
command-desk-vorlage = My text snippets
command-desk-statistik = Figures for my topic
command-desk-abwesend = I am away
command-desk-anwesend = I am back
command-desk-digest = Morning overview: when?
command-desk-hilfe = How it works
command-desk-admin = How things stand
command-desk-anfrage = Show an inquiry
command-desk-sperren = Block somebody
command-desk-entsperren = Lift a block
command-desk-reload = Reload the rules

## Receipt

receipt =
    Your inquiry { $reference } has arrived.

    Responsible: { $contact } (topic: { $field })
receipt-two =
    Your inquiry { $reference } has arrived. It is about { $count ->
        [2] two topics and goes to two contacts
       *[other] several topics and goes to several contacts
    }:

    { $assignments }
receipt-contact = { $contact } (topic: { $field })
contact-deputy = { $deputy }, standing in for { $contact }
receipt-why = Recognised by: { $words }
receipt-due = Answer by: { $due }
receipt-follows = It belongs to your earlier inquiry { $reference }.
receipt-closed-now = Our office is closed right now. We will be back: { $opening }.
receipt-general =
    Your inquiry { $reference } has arrived.

    I have given it to { $contact }. The answer will come from there.
receipt-urgent = Your message is marked as urgent ({ $reference }). It is with: { $contact }.
receipt-wrong = Not the right topic? Tap “{ $button }”.
btn-other-topic = Different topic
btn-withdraw = Withdraw

## Asking for the topic

ask-some = I am not quite sure where your inquiry belongs. What is it about?
ask-all = To get your inquiry to the right place straight away: what is it about?
ask-noted = Thank you, noted.
ask-more =
    { ask-noted }
    What is it about? Please tap a topic.
ask-move = What is your inquiry { $reference } about?
ask-for-words = Hello! Please tell me in one or two sentences what it is about: what you are looking for, offering or want to know.
btn-both = Both
btn-something-else = Something else
asked-too-long = I have now given your inquiry { $reference } to { $contact }, as no topic was chosen. You do not need to do anything more.

## Sparing with data

-sparing-choices =
    • Write it again: I delete this message. You write it once more, without that part.
    • Pass it on as it is: I cover that part. The contact person only sees that something is covered. If they need it, they can tap on it.
sparing-ask =
    Your message may contain something we do not need: { $what }.
    { -sparing-choices }
    If you choose nothing, I pass the message on after { $wait }. I cover that part.
sparing-ask-until =
    Your message may contain something we do not need: { $what }.
    { -sparing-choices }
    Please choose by: { $due }. After that I pass the message on. I cover that part.
btn-sparing-rewrite = Write it again
btn-sparing-on = Pass it on as it is
sparing-rewrite = All right, I have deleted the message. Please write it again, without that part.
sensitive-health = something about your health
sensitive-religion = something about your religion
sensitive-status = something about your residence status
sensitive-number = the number of a document or an account

## Several inquiries

which = { $count ->
        [one] Does this belong to your inquiry, or is it something new?
       *[other] Which inquiry does this belong to?
    }
which-more = { $count ->
        [one] I am keeping this message too. Does it all belong to your inquiry, or is it something new?
       *[other] I am keeping this message too. Which inquiry does it all belong to?
    }
btn-which-one = { $reference } · { $field }
btn-which-ended = Reopen { $reference } · { $field }
btn-which-new = New inquiry
btn-older = Older … ({ $count } more)
btn-newer = ‹ Newer
which-unknown = I cannot find an inquiry “{ $reference }” of yours.
which-too-long = You did not choose. So your message is now with your inquiry { $reference }.
which-too-long-new = You did not choose. So your message has become a new inquiry: { $reference }.
thanks-passed-on-open = Good to hear from you! Your message has been passed on. Do you have another question about { $reference }? Just write to me.
thanks-passed-on = Good to hear from you! Your message has been passed on. Your inquiry { $reference } stays closed. Do you have another question? Just write it to me.
thanks-open = Good to hear from you! Do you have another question about { $reference }? Just write to me.
thanks-closed = Good to hear from you! Your inquiry { $reference } stays closed. Do you have another question? Just write it to me.
thanks-withdrawn = Good to hear from you! Your inquiry { $reference } stays withdrawn. Do you have another question? Just write it to me.
passed-on = ✓ Passed on to { $contact } ({ $reference }).
not-passed-on = I could not pass on your message for { $reference } to { $contact } yet. It is not lost: the office can see it.
not-passed-on-medium = I could not pass on your message for { $reference } to { $contact } yet. The office knows. Perhaps the chat there does not take this kind of message: please write it as text, too.
repeat-mark = (Possibly a repeat)
cannot-relay = I am sorry, I cannot pass on this kind of message. Please write it as text or send a photo.

## What happens then

taken-by = { $contact } is now taking care of your inquiry { $reference }.
answer = Answer from { $contact } ({ $reference }):
answer-changed = Changed answer from { $contact } ({ $reference }):
asked-back = Question from { $contact } ({ $reference }):
released = Your inquiry { $reference } is back in the inbox of { $contact }. It is not lost.
handed = { $contact } is now taking care of your inquiry { $reference }.
added-field = Your inquiry { $reference } is also about { $field }. So { $contact } has it now, too.
reopened-by-contact = Your inquiry { $reference } is open again. { $contact } is taking care of it.
moved = Your inquiry { $reference } is now with { $contact } (topic: { $field }).
moved-general = Your inquiry { $reference } is now with { $contact }.
slipped = Your inquiry { $reference } is unfortunately taking longer than promised. It is with { $contact }.
slipped-nobody = Your inquiry { $reference } is unfortunately taking longer than promised. It is not lost: you will hear from us as soon as somebody takes care of it.
slipped-wait = You do not need to do anything.
still-asked =
    There is still a question for you about your inquiry { $reference }. { $count ->
        [one] { $contact } is waiting for your answer.
       *[other] { $contact } are waiting for your answer.
    } Just reply to this message.
closed =
    Your inquiry { $reference } is closed.
    Is something still open? Just reply to this message.
closed-change-passed-on =
    ✓ Your change has been passed on. Your inquiry { $reference } stays closed.
    Is something still open? Just reply to this message.
helped-question = Did this help you?
btn-helped-yes = Yes
btn-helped-partly = Partly
btn-helped-no = No
helped-thanks = We are glad. Thank you for telling us!
helped-what-is-missing =
    Thank you for your honest answer. Do you still need help?
    Tap “{ $button }”, or reply to this message and write what is missing.
btn-reopen-own = Reopen my inquiry
reopened-tell-more = Your inquiry { $reference } is open again. Please also write what is still missing.
part-closed = { $contact } (topic: { $field }) has closed their part of your inquiry { $reference }. Still open: { $rest }.
silent = We have not heard anything about your inquiry { $reference } for some time. I am closing it now. Do you still need help? Just reply to this message.
silent-unanswered = Your inquiry { $reference } was left unanswered. We are sorry. I am closing it now because nothing has happened for a long time. Do you still need help? Reply to this message and it is open again.
silent-asked =
    There was still a question for you about your inquiry { $reference }. { $count ->
        [one] { $contact } was waiting for your answer.
       *[other] { $contact } were waiting for your answer.
    } I am closing the inquiry now because nothing has happened for a long time. Would you still like to answer? Reply to this message and it is open again.
silent-written-again = Nobody has written about your inquiry { $reference } for some time. I am closing it now. Were you still expecting an answer to your last message? Then we are sorry. Reply to this message and it is open again.
expired = Your inquiry { $reference } was still open. But nothing is kept here for longer than { $longest }. So I have now deleted everything about it. Are you still waiting for an answer? We are sorry. Please write to me what it is about. Then we start anew.
reopened = Your inquiry { $reference } is open again.
reopened-part = Your inquiry { $reference } is open again for the topic { $field }. This part is with: { $contact }.
withdrawn = Your inquiry { $reference } is withdrawn.
btn-undo-withdraw = Do not withdraw after all
status-none = You have no open inquiry at the moment. Just tell me what you need.
status-head = Your open inquiries:
status-line = { $reference } · { $field }: { $state } ({ $contact })
status-line-asked = { $reference }: { $state }
status-line-due = { $reference } · { $field }: { $state } ({ $contact }), answer by { $due }
status-line-asks = { $reference } · { $field }: { $contact } has asked you something and is waiting for your answer
status-line-late = { $reference } · { $field }: { $state } ({ $contact }). The answer was promised by { $due }. Sorry, it is taking longer.
state-asked = waiting for you to choose the topic
state-assigned = arrived
state-taken = in progress
state-answered = answered
state-closed = closed
state-withdrawn = withdrawn
state-moved = given to another topic

## Too much at once, and blocked

room-wait = That was a lot of messages just now. None of them is lost. Whatever comes next I will pass on bit by bit from { $time }. You do not need to send anything again. { -danger-call }
room-first = Many of your messages are waiting for you to tap a button. Please do that first, further up in this chat. Then everything is passed on, this message too. { -danger-call }
room-none = { $count } of your messages are already waiting. I cannot keep any more: what you send now goes to nobody. Please wait, and write again after { $time }, ideally everything in one message.
room-no-orders = That was a lot of commands at once. I will answer them again from { $time }. You can still write messages.
press-too-many = That was a lot of taps in a row. Please try again after { $time }.
blocked = Until { $until } I cannot take messages from you. What you write here goes to nobody.
blocked-ways = You can still reach us here: { $ways }
blocked-dropped = Messages that were still waiting were not passed on either.
unblocked = You can write here again.
press-blocked = Until { $until } I cannot take anything from you.
delete-block-stays = The block until { $until } stays. For this I keep only a number without a name, who set the block and how long it lasts.

## Buttons that no longer hold

press-stale = This button is no longer valid.
press-stale-person = This button is no longer valid. Just write to me what it is about, or write /status.
press-there-already = Your inquiry is already with { $contact }.
press-forgotten = This button is no longer valid: I deleted everything after the waiting time. Please write once more what it is about.
press-taken-already = { $holder } has already taken this inquiry.
press-answered-already = { $holder } has already answered.
press-done-already = { $holder } has already closed this inquiry.
press-which-closed = Not sent yet: at your desk { $reference } is already closed. Reopen the inquiry on its card and tap here again. Or reply to the card.
press-done-so-soon = Close it at once, without an answer? Then please press “{ $button }” once more.
press-done-urgent = Urgent, and without an answer so far. Really close it? Then please press “{ $button }” once more.
press-moved-already = { $holder } has already passed this inquiry on to { $contact }.
press-moved-by-person = The person has chosen another topic. The inquiry is now with { $contact }.
press-withdrawn-already = The person has withdrawn this inquiry.
press-released-already = { $holder } has already put this inquiry back. Whoever has time can take it.
press-added-already = This topic is already included.
press-released = Put back.
press-reopened = Open again, and with you.
press-added = The topic is now included.
press-not-allowed = This inquiry is now with { $contact }.
press-taken = Taken.
press-moved = Passed on.
press-done = Closed.
press-not-here = This button belongs to another chat.
press-not-allowed-admin = { admin-not-allowed }

## The contact's card

card-head = { $reference } · { $field }
card-why = Recognised by: { $words }
found-words = “{ $words }”
card-chosen-by-person = Topic chosen by the person
card-no-field = No topic recognised
card-ask-expired = No topic chosen, so it came to you
card-also = Also with: { $others }
card-deputy = Standing in for { $contact }
holder-in-group = { $contact } ({ $name })
card-now-with = Now with: { $contact }
emergency-title = Danger
card-urgent = ‼️ URGENT: possible emergency
card-place = Place: { $place }
card-place-corrected = Place: { $place } (corrected by the person)
card-place-none = none
card-language = Language of the message: { $language }
card-language-and-bots = Language of the message: { $language } · Bot writes: { $bot }
card-bot-language = Bot writes to the person in: { $bot }
card-from = From: { $name }
card-follows = Belongs to the earlier inquiry: { $reference }
card-who = Who: { $who }
card-who-corrected = Who: { $who } (corrected by the person)
card-wants = Concern: { $wants }
card-due = Answer by: { $due }
card-at-once = ⏰ Please look at this at once
card-due-soon = ⏰ Due soon: answer by { $due }
card-overdue = ⚠️ Overdue since { $due }
card-state = State: { $state }
card-state-by = State: { $state } – { $holder }
card-withdrawn = State: withdrawn by the person
card-moved-to = State: passed on to { $contact }
card-handed-from = Passed on by: { $contact }
card-added-by = Brought in by: { $contact }
card-notes = 📝 Notes: { $count }
card-reopened = ↩ Open again since: { $at }
card-not-sent = ✗ Not sent: the last message to the person
card-not-sent-blocked = ✗ Not sent: the person has blocked the bot. If they allow it again, the last message still goes out.
card-person-left = ⛔ The person has blocked the bot. Your answer arrives only once they allow it again.
card-blocked = ⛔ Blocked until { $until }: your answer arrives, but what the person writes goes to nobody.
card-moved-from = Comes from: { $field }
card-media = (no text, see the next message)
card-continued = { $reference } continued:
btn-show = Show what is covered
shown-head = { $reference }: the whole text
pseudonym = Person { $number }
btn-take = Take
btn-hand = Pass on …
btn-more = More …
btn-to-general = To { $contact }
btn-colleagues = A particular person …
btn-colleague-away = { $contact } (away)
btn-ask-back = Ask a question
btn-note = Note
btn-close-with = Reply and close
btn-add-field = Add a topic
btn-release = Put back
btn-reopen = Reopen
btn-done = Done
btn-back = Back
general-title = General
audience-citizen = Citizen
audience-volunteer = Volunteer
audience-business = Business
audience-newcomer = Newcomer
audience-organisation = Association or organisation
direction-offer = offers something
direction-request = needs something
direction-question = has a question

## Messages to the contact

relayed = { $reference } · { $name } writes:
relayed-urgent = ‼️ URGENT · { $line }
relayed-changed = { $reference } · { $name } has changed the message:
relayed-changed-closed = { $reference } · { $name } has changed the message (stays closed):
relayed-thanks = { $reference } · { $name } writes (stays closed):
relayed-thanks-open = { $reference } · { $name } writes (remains answered, you need do nothing):
relayed-reopened = { $reference } · { $name } writes (was closed, is open again):
answer-sent = ✓ Sent to { $name } ({ $reference }).
answer-sent-closed = ✓ Sent to { $name } ({ $reference }). Stays closed until the person writes again.
answer-sent-sign = ✓ Sent to { $name } ({ $reference }). A sticker or emoji alone does not count as an answer: the deadline stays.
answer-sent-sign-urgent = ✓ Sent to { $name } ({ $reference }). A sticker or emoji alone does not count as an answer: it is still urgent.
answer-changed-sent = ✓ Changed version sent to { $name } ({ $reference }).
answer-not-sent = ✗ Not sent to { $name } ({ $reference }): Telegram did not accept the message or a part of it. Perhaps the person does not take this kind of message: then please write it as text.
answer-not-sent-blocked = ✗ Not sent to { $name } ({ $reference }): the person has blocked the bot. If they allow it again, the message still goes out.
ask-back-ask = { $reference }: What would you like to ask { $name }? Reply to this message. The inquiry does not count as answered by that.
ask-back-ask-answered = { $reference }: What would you like to ask { $name }? Reply to this message.
close-with-ask = { $reference }: What would you like to say to { $name } before closing? Reply to this message. I will send it and close the inquiry.
answer-nowhere =
    This message went to nobody.
    To answer: reply to the card or to one of the person's messages (press and hold, or swipe left, then “Reply”).
answer-refused = This was not passed on: you are not registered as a contact here.
answer-withdrawn = { $reference } was withdrawn or deleted. Your message was not sent.
answer-unknown = This went to nobody: I do not know the message you replied to any more. Perhaps its inquiry has been deleted already, or the message arrived twice. Is the inquiry still open? Then please reply to its card: /open leads there. A note begins with //.
cannot-relay-answer = ✗ Not sent: the bot cannot pass on this kind of message. Please send text, a photo or a file.
command-not-relayed = This is a command, so it went to nobody. /help shows what I know.
reopened-by-person = { $reference } is open again: the person still needs help.
silent-contact = { $reference } was closed: nobody has written for some time.
silent-contact-unanswered = { $reference } was closed without an answer: nobody has written for some time. The person was told that we are sorry.
silent-contact-asked = { $reference } was closed: the person did not answer your question, and nobody has written for some time.
silent-contact-written-again = { $reference } was closed: after the person’s last message nobody has written for some time. Is something still open? You can reopen the inquiry on its card.
expired-contact = { $reference } was still open and has been deleted: nothing is kept here for longer than { $longest }. The person knows and can write anew. Please also delete what is still in this chat.
danger-elsewhere = ‼️ A message about { $reference } contains words that point to an emergency. The person was given the emergency numbers. Their message is with { $contact } as { $urgent }.
withdrawn-contact = { $reference } was withdrawn by the person. There is nothing more to do.
withdrawn-contact-urgent = { $reference } was withdrawn by the person. Please check whether somebody is in danger all the same.
withdrawn-undone = { $reference } was not withdrawn after all and is open again.
moved-here = { $reference } is waiting for your answer again. Part of it was with { $field } until now. Now it is with you.
reminder-take = ⏰ { $reference } has been waiting since { $since }. Nobody has taken the inquiry yet.
reminder-no-answer = ⏰ { $reference } was taken by { $contact }, but has no answer yet.
reminder-asked-back = ⏰ { $reference } was taken by { $contact }. The question to the person is still open.
reminder-joined = ⏰ You are getting { $reference } because { $contact } has not taken the inquiry yet. It has been waiting since { $since }. Please take it if you can.
reminder-joined-too = ⏰ { $reference } has been waiting since { $since }. { $contact } has the inquiry now, too.
reminder-has-too = { $contact } has the inquiry now, too.
reminder-joined-taken = ⏰ You are getting { $reference }, too: { $contact } took the inquiry (since { $since }), but has not answered yet. Please see whether the person has help.
reminder-joined-too-taken = ⏰ { $reference } has been taken since { $since }, but has no answer yet. { $contact } has the inquiry now, too.
reminder-free-again = ⏰ { $reference } is free again: { $contact } had taken the inquiry and is not there at the moment. Please take it if you can.
reminder-soon = ⏰ { $reference } is due soon.
reminder-overdue = ⚠️ { $reference } is overdue.
reminder-person-told = { $name } already knows that it is taking longer.
reminder-person-asked = Your question is still open. { $name } has been reminded of it.
digest-head = Morning overview for { $contact }, { $day }
digest-urgent = ‼️ URGENT, please look at once ({ $count }):
digest-overdue = ⚠️ Overdue ({ $count }):
digest-due = ⏰ Due today or soon ({ $count }):
digest-new = New ({ $count }):
digest-waiting = Waiting for an answer ({ $count }):
digest-line = • { $reference } · { $field }, by { $due }
digest-line-urgent = • { $reference } · { $field }: { $state }
digest-more = … and { $count } more
digest-foot = /open leads to the cards.
digest-time = { $contact }: the morning overview comes on working days at { $time }, if there is something to do.
digest-none = { $contact }: no morning overview is sent.
digest-no-time = “{ $time }” is no time of day.
digest-how = Change: /digest 8:15 – switch off: /digest off
contact-help =
    Inquiries arrive here as cards.

    • Answer: reply to the card or to one of the person's messages. ✓ means: Telegram has it. { $place ->
        [group] What is no reply goes to nobody: it is your talk here in the group.
       *[chat] If you just write, you are asked which inquiry you mean.
    }
    • Take: you take care of it; the person is told.
    • Done: closes the inquiry. If the person replies, it is open again.
    • Pass on: to another topic or to a colleague.
    • More: ask a question, note, reply and close, add a topic, put back, mark for the official file.
    • Note: begin your reply with // and only colleagues see it.

    /open – what is waiting for you
    /search WORD – find inquiries again
    /snippet – texts of your own
    /stats – figures for your topic
    /absent until 12.8. – your deputy takes over; /present – back early
    /digest 8:15 – when the morning overview comes
admin-help =
    For administrators:
    /admin – how the office stands
    /inquiry 2026-0042 – show an inquiry
    /absent NAME until 12.8. – enter it for others
    /block 2026-0042 – block somebody; /unblock – lift it
    /reload – reload the rules
joined =
    Welcome! From now on the inquiries for { $contact } arrive here.

    • To answer: reply to the card.
    • /help shows what the buttons do.
joined-elsewhere =
    Your invitation is accepted, but nothing arrives here yet: the rules name another address for { $contact }, and that one wins. Inquiries still arrive there.

    Shall they arrive here? Then please tell whoever gave you the invitation. You need no new one.
left-chat = { $contact } is in another chat now. No more inquiries for it arrive here, and nothing goes out from here any more. Is that a mistake? Then please ask whoever gave out the new invitation.
left-shared-chat = { $contact } is in another chat now. Inquiries for it arrive there; what was open here moves along. Is that a mistake? Then please ask whoever gave out the new invitation.
invitation-many = Those were too many invalid invitations. For the next hour I will not accept any here.
invitation-bad = This invitation is not valid (any more). Please ask for a new one.
reload-good = The rules have been reloaded (version { $version }).
reload-faulty = The rules have faults, so the present ones stay in force:
reload-not-allowed = Only administrators may reload the rules.

## Notes and messages that name no inquiry

answer-shown = { $reference } · { $contact } wrote to { $name }:
answer-shown-changed = { $reference } · { $contact } changed the message to { $name }:
answer-shown-lost = ✗ { $reference } · { $contact } wrote to { $name } (did not arrive):
note-from = 📝 Note from { $contact } ({ $reference }):
note-changed = 📝 Changed note from { $contact } ({ $reference }):
note-kept = 📝 Note on { $reference } saved. Only colleagues see it.
note-empty = The note is empty, so nothing was saved. Write the text right after //.
note-ask = 📝 { $reference }: What would you like to note? Reply to this message. Only colleagues see it.
edit-not-relayed = The change was not passed on; the person still has the earlier version. For a note, reply to the card with //.
desk-which = { $count ->
        [one] Who shall I send this to? One tap, and the person gets it. So far it went to nobody.
       *[other] Who shall I send these { $count } messages to? One tap, and the person gets all of them. So far they went to nobody.
    }
desk-which-note = { $count ->
        [one] Which inquiry does this note belong to? Only colleagues see it.
       *[other] Which inquiry do these { $count } notes belong to? Only colleagues see them.
    }
desk-which-mixed = Who shall I send these { $count } messages to? One tap, and the person gets what does not begin with //. Notes (//) only colleagues see. So far none of it was sent.
desk-which-many = Not among these? Reply to the inquiry's card.
desk-which-media = (photo, file or voice message)
desk-which-below = See the next question.
desk-which-twice = This question arrived twice. It is answered.
desk-which-chosen = Goes to { $name } ({ $reference }).
desk-which-noted = Note on { $reference } ({ $name }).
desk-which-dropped = This went to nobody.
desk-which-expired = { $count ->
        [one] This message went to nobody: you did not choose an inquiry for 24 hours. If it is still needed, please reply to the card with it.
       *[other] { $count } messages from this one on went to nobody: you did not choose an inquiry for 24 hours. If they are still needed, please reply to the card with them.
    }
btn-desk-which = { $reference } · { $name } · { $field }
btn-desk-nobody = To nobody

## Snippets

snippet-how =
    To save a snippet:
    /snippet Title
    and the text on the next line.

    In another language: /snippet de Title. Also as a reply to a message of your own. To remove: /snippet delete Title.
    For the first name and the inquiry's number write {"{name}"} and {"{reference}"}. A title has at most 30 characters.
snippet-none = You have no snippets yet.
snippet-head = Your snippets – tap one to read or delete it:
snippet-line = { $title } ({ $languages })
snippet-kept = Snippet “{ $title }” saved ({ $language }). You find it under the cards, at “Snippets”.
snippet-removed = Snippet “{ $title }” deleted.
snippet-no-text = Not saved: the text for “{ $title }” is missing. Write it in the line below the title, or reply to a message of your own with the command.
snippet-language = { $language } ({ $code })
snippet-no-language = Not saved: “{ $code }” is no language I know here. There are: { $languages }. If it belongs to the title, write it with a capital letter.
snippet-no-place = Not saved, because the person would read this as it stands: { $places }. I can only fill in {"{name}"} and {"{reference}"}.
snippet-unknown = There is no snippet “{ $title }”.
snippet-too-many = More than { $count } snippets do not fit under a card. Please delete one first.
btn-snippets = Snippets
btn-snippet-remove = Delete
press-snippet-removed = Snippet deleted.
press-snippet-sent-already = This snippet has been sent already.

## Lists and figures for contacts

open-none = Nothing is waiting for you right now.
open-head = { $count ->
        [one] One open inquiry
       *[other] { $count } open inquiries
    }{ $overdue ->
        [0] { "" }
        [one] , one of them overdue
       *[other] , { $overdue } of them overdue
    }:
list-line = { $reference } · { $field } · { $name }
list-line-asked = { $reference } · { $name }
list-asked = no topic chosen yet
list-held = { $state } ({ $holder })
list-due = answer by { $due }
list-overdue = ⚠️ overdue since { $due }
list-ended = { $state } on { $at }
list-blocked = ⛔ blocked until { $until }
list-person-left = ⛔ has blocked the bot
btn-goto = ↑ { $reference }
btn-goto-field = ↑ { $reference } · { $field }
btn-page-before = ‹ Earlier
btn-page-after = More ›
press-card-elsewhere = The card is with { $contact }.
card-is-here = ↑ { $reference } is this card.
deleted-notice = This was a notice about an inquiry that has been deleted since.
deleted-list = This list is no longer valid, because an inquiry was deleted. /open shows what is waiting for you.
search-how = Add what you are looking for, for example: /search flat, /search Maria or /search 2026-0042.
search-none = I cannot find an inquiry for this.
search-head = { $count ->
        [one] One inquiry found:
       *[other] { $count } inquiries found, newest first:
    }
search-more = There are more. Add a word.
stats-head = The last 30 days
stats-none = Figures are given by topic, and you are not assigned to a topic right now.
stats-open = Open now: { $count }
stats-new = New: { $count }
stats-closed = Closed: { $count }
stats-median = Until the first answer: { $span } (median)
stats-in-time = Answered in time: about { $percent } %
stats-helped = Did it help? Yes: { $yes }, partly: { $partly }, no: { $no }
stats-from = From: { $groups }
stats-wants = Concern: { $groups }
stats-group = { $group } ({ $count })
stats-others = others or unknown
stats-zero = none
stats-few = fewer than { $smallest }
stats-minutes = { $count ->
        [one] one minute of working time
       *[other] { $count } minutes of working time
    }
stats-hours = { $count ->
        [one] one hour of working time
       *[other] { $count } hours of working time
    }

## Absence and administration

absence-how =
    To say you are away: /absent until 12.8., /absent until Friday, /absent on 12.8. or /absent from 1.8. until 12.8. (day.month.)
    Back early: /present
absence-unread = “{ $written }”: I did not understand that.
absence-no-such-day = “{ $written }”: there is no such day.
absence-past = “{ $written }”: that is over already. Do you mean another year? Then write it too, for example: until 3.1.2027.
absence-no-end = “{ $written }”: until when? Write the last day too, for example: from 1.8. until 12.8.
absence-ends-before = “{ $written }”: the end is before the beginning. Do you mean another year? Then write it too, for example: until 3.1.2027.
absence-too-far = “{ $written }”: that is too far off. The last day may be at most { $count } days away.
absence-day = on { $first }
absence-days = from { $first } until and including { $last }
absence-line = { $contact }: away { $span }
absence-begun = { $contact } is away until and including { $last }. { $deputy } gets everything from now on: what is new, what is open, and replies. After that it comes back by itself.
absence-begun-nobody = { $contact } is away until and including { $last }. But nobody is there to stand in, so everything keeps arriving as before.
absence-planned = Noted: { $contact } is away { $span }. Until then nothing changes.
absence-stand-in = You are standing in until and including { $last } for: { $contact }. Open inquiries now come to you as cards.
absence-set-for-you = { $contact } is registered as away { $span }. Is that wrong? /present
absence-over = { $count ->
        [0] Welcome back! New inquiries come to you again from now on.
        [one] Welcome back! One open inquiry is with you again.
       *[other] Welcome back! { $count } open inquiries are with you again.
    }
absence-ended = { $contact } is back. What is open comes back.
absence-ended-for-you = { $contact } is no longer registered as away. Is that wrong? Then enter it again with /absent.
absence-stand-in-over = { $contact } is back. You no longer stand in. { $contact } gets back what is still open.
absence-called-off = { $contact } is not going to be away after all. Registered was: { $span }. Nothing changes.
absence-none = No absence is registered for { $contact }.
absence-whose = Who is away? Write the name first, for example: /absent { $example } until 12.8. These exist here: { $contacts }
presence-whose = Who is back? Write the name after it, for example: /present { $example }. These exist here: { $contacts }
absence-unknown = I do not know “{ $name }”. I know: { $contacts }
absence-not-allowed = Only administrators may do this for others.
admin-head = How things stand:
admin-urgent = not answered yet: { $count } – { $references }
admin-open = Open inquiries: { $count }
admin-untaken = Not taken yet: { $count }
admin-overdue = Overdue: { $count }
admin-overdue-named = Overdue: { $count } – { $references }
admin-parked = Not handled or not sent: { $count } (the technical staff look into it: python -m bot parked)
admin-missed = Messages to people who have blocked the bot: { $count }
admin-unreachable = Not reachable: { $contact }
admin-away = Away: { $contact }, { $span }
admin-rules = Rules: version { $version }
admin-commands = /inquiry 2026-0042 shows an inquiry · /absent NAME until 12.8. · /block 2026-0042 and /unblock 2026-0042 · /reload reloads the rules
admin-not-allowed = Only administrators may do this.
admin-no-such-inquiry = There is no inquiry { $reference }. Write it like this: /inquiry 2026-0042
admin-inquiry-how = Which inquiry? Write its number after it, for example: /inquiry 2026-0042
admin-inquiry = { $reference }: { $state }
admin-asked = { $reference }: the person was asked for the topic and has not chosen one yet. We wait until { $due }, then the inquiry goes to { $contact }. You can also choose a topic here.
admin-moved = { $contact } has moved to another chat with a new invitation. Open inquiries move along; the former chat gets nothing more.
admin-joined-elsewhere =
    { $contact } has accepted an invitation, but the rules name another address. That one wins: inquiries still arrive there.

    Shall the new chat count? Then the rules need the line “telegram: null” under “contacts:”, “{ $key }:”. After that, please reload the rules (/reload); no new invitation is needed.
admin-lost = ⚠️ { $contact } cannot be reached (bot blocked, group left or chat never opened). { $deputy } stands in; inquiries handed over: { $count }. Please ask the technical staff for a new invitation (python -m bot invite { $key }).
admin-lost-nobody = ‼️ { $contact } cannot be reached, and nobody can stand in. Please ask the technical staff for a new invitation (python -m bot invite { $key }).
admin-topic-closed = ⚠️ In the Telegram group, the section of { $contact } is closed (Telegram calls it a “topic”). The bot cannot write there. Until it is open, cards and messages go to the group itself. Reopen the section and they arrive there again.
admin-topic-gone = ⚠️ In the Telegram group, the section of { $contact } was deleted (Telegram calls it a “topic”). Cards and messages go to the group itself now; open inquiries being sent anew: { $count }.

## Blocking

btn-block = Block …
btn-block-for = Block: { $count ->
        [one] one day
       *[other] { $count } days
    }
block-done = Blocked until { $until }: the person behind { $reference }. They will be told when they write again, if not before. Lift it: /unblock { $reference }
block-staff = That is not possible: this inquiry came from a contact of the office.
block-unknown = There is no inquiry { $name }, or it has already been deleted.
block-none-such = There is no block for { $name }.
unblock-done = The block on { $name } has been lifted.
block-list = Blocked:
block-list-none = Nobody is blocked at present.
block-line = • { $name }, until { $until } ({ $contact })
block-how = How to do it: /block 2026-0042 or /block 2026-0042 7 days. Lift it: /unblock 2026-0042
surge = 🔕 { $count ->
        [one] One message came without a sound, because a lot is coming in.
       *[other] { $count } messages came without a sound, because a lot is coming in.
    } /open shows what is waiting for you.
group-left = This group does not belong to any contact, so I am leaving it. For a group of the office: please add me with an invitation link.

## Official file

btn-for-file = 📁 For the file
btn-not-for-file = 📁 Not for the file after all
card-for-file = 📁 Marked for the file, not in it yet
card-filed = 📁 Taken into the file: { $at }
press-for-file = Marked for the file. The technical staff will write it out.
press-not-for-file = No longer marked for the file.
digest-to-file = 📁 To be deleted soon and not in the file yet ({ $count }):
digest-file-line = • { $reference }, will be deleted on { $day }. Please have the technical staff write it out for the file.
admin-to-file = For the file, not in it yet: { $count } – { $references } (the technical staff write them out: python -m bot export NUMBER --file)
file-page-title = Inquiry { $reference }
file-page-office = Office
file-page-made = Written out
file-page-checks = Checksum
file-page-checks-text = The file { $name } holds the same. Its checksum (SHA-256) is:

## Journal

event-inquiry-opened = Arrived
event-inquiry-asked = Asked for the topic
event-inquiry-chosen = Topic chosen
event-inquiry-assigned = Assigned
event-inquiry-taken = Taken
event-inquiry-answered = Answered
event-inquiry-gestured = Sticker or emoji sent
event-inquiry-followed_up = Message from the person
event-inquiry-looked_up = Looked at
event-inquiry-shown = Covered part shown
event-inquiry-noted = Note
event-inquiry-thanked = Thanks from the person
event-inquiry-rated = Feedback from the person
event-inquiry-edited = Message changed
event-inquiry-corrected = Corrected by the person
event-inquiry-left = Left as it is by the person
event-inquiry-rethought = Topic checked again
event-inquiry-handed_over = Handed to the deputy
event-answer-refused = Answer not passed on
event-press-refused = Button refused
event-inquiry-moved = Moved to another topic
event-inquiry-released = Put back
event-inquiry-handed = Given to a particular person
event-inquiry-added = Another topic added
event-inquiry-asked_back = Question to the person
event-inquiry-asked_again = Person reminded of the question
event-inquiry-closed = Closed
event-inquiry-part_closed = Part closed
event-inquiry-reopened = Reopened
event-inquiry-withdrawn = Withdrawn
event-inquiry-for_file = Mark “For the file” changed
event-inquiry-filed = Taken into the file
event-inquiry-silent = Closed after a long silence
event-inquiry-timed_out = No topic chosen in time
event-inquiry-reminded = Reminded
event-inquiry-escalated = Somebody else brought in
event-inquiry-overdue = Deadline passed
event-inquiry-slipped = Person told that it is taking longer
event-delivery-parked = A message could not be sent
event-person-blocked = Person blocked
event-person-unblocked = Block lifted
event-person-left = Person blocked the bot or left Telegram
event-person-back = Person can be reached again
event-contact-unreachable = Contact cannot be reached

## Words

moment = { $day }, { $time }
