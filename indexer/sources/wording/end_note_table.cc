// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/end_note_table.h"

#include <array>

namespace broadsheet::sources::page {
namespace {

constexpr std::string_view kNoteAsks =
    // English
    "sign up for|sign up to|sign up here|sign up now|please sign in|sign in to|sign in or|"
    "please log in|log in to|log in or|you must be logged in|you must log in|"
    "you need to be logged in|you need to log in|subscribe to|subscribe for|subscribe now|"
    "subscribe here|please subscribe|join our|join the conversation|join the discussion|"
    "share this|share your thoughts|share your story|share your views|tell us|let us know|"
    "send us|write to us|email us|contact us|get in touch|leave a comment|comment below|"
    "support our|support us|help us|become a member|become a subscriber|become a supporter|"
    "become a patron|donate to|donate now|download our|download the|get our|get the latest|"
    "get our app|click here|tap here|stay informed|stay up to date|stay connected|stay tuned|"
    "read more|read also|read next|for more news|for more stories|for more on this|"
    "for the latest|to read more|keep up with|like us on|find us on|did you enjoy|enjoyed this|"
    "did you like|liked this|like this story|like this article|do you have a story|"
    "do you have a tip|have a story|have a tip|got a story|got a tip|have your say|"
    "what do you think|would you like to comment|please read our|please consider|pass it on|"
    "buy tickets|reprints and permissions|"
    // German
    "abonnieren sie|abonniere|abonniert|jetzt abonnieren|melden sie sich|melde dich|"
    "bitte melden sie sich an|loggen sie sich|registrieren sie sich|teilen sie|teile diesen|"
    "schreiben sie uns|schreibt uns|schreib uns|sagen sie uns|haben sie fragen|"
    "haben sie anregungen|haben sie einen fehler|hat ihnen dieser|hat ihnen der artikel|"
    "hat dir dieser|gefällt ihnen|gefällt dir|unterstützen sie|unterstütze uns|unterstützt uns|"
    "testen sie|jetzt testen|informieren sie sich|lesen sie auch|lesen sie mehr|lesen sie hier|"
    "lest auch|lest hier|lest den|mehr zum thema|mehr dazu|diskutieren sie|diskutiere mit|"
    "kommentieren sie|laden sie|lade dir|verpassen sie|hier geht es zu|"
    "hier geht's zu|hier finden sie|klicken sie hier|"
    // French
    "abonnez-vous|abonne-toi|inscrivez-vous|connectez-vous|identifiez-vous|partagez|retrouvez|"
    "rejoignez|téléchargez|écrivez-nous|contactez-nous|soutenez|faites un don|recevez|lire aussi|"
    "à lire aussi|lisez aussi|pour en savoir plus|cliquez ici|donnez votre avis|réagissez|"
    "vous avez aimé|cet article vous a plu|ne manquez pas|restez informé|il vous reste|"
    "la suite est réservée|pour commenter|vous devez être connecté|"
    // Spanish
    "suscríbete|suscríbase|regístrate|regístrese|inicia sesión|inicie sesión|comparta|"
    "únete|descargue|escríbenos|escríbanos|contáctanos|apóyanos|"
    "haz tu donación|reciba|lee también|lea también|lee más|te puede interesar|haz clic|"
    "haga clic|pincha aquí|deja tu comentario|déjanos|te gustó|te ha gustado|para comentar|"
    "no te pierdas|mantente informado|consulta más|"
    // Italian
    "abbonati|iscriviti|iscrivetevi|registrati|accedi|effettua il login|condividi|unisciti|"
    "scriveteci|scrivici|contattaci|sostieni|sostienici|ricevi|leggi anche|leggi di più|"
    "clicca qui|lascia un commento|ti è piaciuto|vi è piaciuto|per commentare|non perdere|"
    "resta aggiornato|"
    // Portuguese
    "assine|inscreva-se|cadastre-se|registe-se|faça login|faça o login|entre no grupo|"
    "compartilhe|partilhe|junte-se|baixe|descarregue|escreva para|escreva-nos|apoie|receba|"
    "leia também|leia mais|clique aqui|deixe seu comentário|deixe o seu comentário|"
    "não perca|participe do canal|"
    // Dutch
    "abonneer|meld je aan|meld u aan|schrijf je in|log in om|deel dit|download de|download onze|"
    "mail ons|tip de redactie|steun ons|steun de|word lid|word abonnee|ontvang|lees ook|"
    "lees meer|lees verder|klik hier|reageer|vond je dit|blijf op de hoogte|mis niets|"
    "wil je reageren|wilt u reageren|"
    // Swedish, Norwegian, Danish
    "prenumerera|logga in|registrera dig|dela artikeln|ladda ner|mejla oss|tipsa oss|stöd oss|"
    "bli medlem|läs också|läs även|läs mer|klicka här|kommentera|missa inte|abonner|bli abonnent|"
    "logg inn|registrer deg|del artikkelen|del saken|last ned|tips oss|send oss|støtt oss|"
    "les også|les mer|klikk her|kommenter|gå ikke glipp|tilmeld dig|log ind|log på|del artiklen|"
    "hent vores|skriv til|støt os|bliv medlem|læs også|læs mere|klik her|gå ikke glip|"
    // Polish, Czech
    "zapisz się|subskrybuj|zaloguj się|zarejestruj się|udostępnij|dołącz do|pobierz|"
    "napisz do nas|skontaktuj się z nami|wesprzyj|wspieraj|czytaj także|czytaj też|czytaj więcej|"
    "przeczytaj także|przeczytaj też|zobacz także|zobacz też|kliknij|skomentuj|podobał ci się|"
    "spodobał ci się|bądź na bieżąco|odebírejte|předplaťte si|přihlaste se|zaregistrujte se|"
    "sdílejte|připojte se|stáhněte si|napište nám|kontaktujte nás|podpořte|čtěte také|čtěte více|"
    "přečtěte si|klikněte|líbil se vám|máte tip|"
    // Russian
    "подписывайтесь|подпишитесь|войдите|авторизуйтесь|зарегистрируйтесь|поделитесь|"
    "присоединяйтесь|скачайте|скачивайте|пишите нам|напишите нам|свяжитесь с нами|поддержите|"
    "читайте также|читайте нас|читайте больше|подробнее читайте|смотрите также|нажмите|"
    "оставьте комментарий|понравилась|понравился материал|чтобы оставить комментарий|"
    "нашли опечатку|нашли ошибку|"
    // Turkish
    "abone olun|abone ol|üye olun|giriş yapın|kayıt olun|paylaşın|bize katılın|indirin|"
    "bize yazın|bize ulaşın|destek olun|bunu da okuyun|tıklayın|yorum yapın|yorum yapmak için|"
    "beğendiniz mi|devamı için|ayrıntılar için tıklayın|"
    // Indonesian
    "berlangganan|daftar sekarang|silakan masuk|silakan login|bagikan|gabung|bergabunglah|unduh|"
    "hubungi kami|kirim ke|dukung kami|baca juga|baca selengkapnya|baca berita|simak berita|"
    "simak juga|lihat juga|klik di sini|tinggalkan komentar|cek berita|dapatkan berita|"
    "dapatkan update";

constexpr std::string_view kNoteAsksAnywhere =
    // English
    "our newsletter|our newsletters|our free newsletter|our daily newsletter|"
    "our weekly newsletter|in your inbox|to your inbox|our app|our comment policy|"
    "our community guidelines|our terms of|our privacy policy|our whatsapp|our telegram|"
    "our youtube channel|our facebook page|leave a comment|post a comment|follow us on|"
    "visit our website|our subscribers|share this article|share this story|"
    "independent journalism|quality journalism|this site uses|subscribe to our|"
    "subscribing to our|appeared first on|"
    // German
    "unseren newsletter|unserem newsletter|unsere newsletter|unsere app|unserer app|"
    "folgen sie uns|folgt uns|folge uns|kommentar schreiben|in ihrem postfach|unserem whatsapp|"
    "ihre kommentare|unabhängigen journalismus|"
    // French
    "notre newsletter|nos newsletters|notre lettre|notre application|suivez-nous|"
    "votre boîte mail|un commentaire|réservé aux abonnés|réservée aux abonnés|notre chaîne|"
    // Spanish
    "nuestro boletín|nuestros boletines|nuestra newsletter|nuestra app|nuestro canal|"
    "nuestras redes|síguenos|síganos|en tu correo|en su correo|"
    // Italian
    "nostra newsletter|nostre newsletter|nostra app|nostro canale|seguici|seguiteci|"
    // Portuguese
    "nossa newsletter|nosso boletim|nosso aplicativo|nossa app|nosso canal|siga-nos|nos siga|"
    "no seu e-mail|nossas redes|"
    // Dutch
    "onze nieuwsbrief|onze app|volg ons|in je inbox|in uw inbox|onze whatsapp|"
    // Swedish, Norwegian, Danish
    "vårt nyhetsbrev|våra nyhetsbrev|vår app|følj oss|följ oss|nyhetsbrevet vårt|nyhetsbrev her|"
    "følg oss|vores nyhedsbrev|vores app|følg os|"
    // Polish, Czech
    "naszego newslettera|nasz newsletter|naszą aplikację|nasz kanał|obserwuj nas|śledź nas|"
    "náš newsletter|našeho newsletteru|naši aplikaci|sledujte nás|"
    // Russian
    "наш телеграм|наш telegram|нашу рассылку|нашем канале|наш канал|наше приложение|"
    "следите за нами|ctrl+enter|на наш|"
    // Turkish
    "bizi takip|bültenimize|uygulamamızı|kanalımıza|takip edin|"
    // Japanese, Korean, Chinese
    "フォローしてください|フォローお願い|メルマガ登録|メルマガに登録|会員登録|ログインして|"
    "ログインが必要|購読をお願い|ぜひシェア|友だち追加|この記事をシェア|구독하기|구독해 주세요|"
    "구독해주세요|좋아요를 눌러|팔로우해|제보를 기다립니다|제보하기|제보는|카카오톡 :|로그인 후|"
    "공유해 주세요|뉴스레터|请关注|关注我们|关注微信|扫描二维码|扫码|欢迎订阅|订阅我们|点击下载|"
    "下载客户端|请登录|登录后|转发|歡迎訂閱|訂閱我們|追蹤我們|請登入|加入會員|分享給|按讚|"
    // Arabic
    "تابعونا|تابعنا|اشترك في|اشتركوا في|سجل الدخول|سجّل الدخول|شاركنا|شاركونا|انضم إلى|"
    "انضموا إلى|حمل تطبيق|اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|للمزيد من|نشرتنا|"
    // Indonesian
    "ikuti kami|aplikasi kami|saluran whatsapp|channel whatsapp|channel telegram|di google news|"
    "newsletter kami";

constexpr std::string_view kNoteFollows =
    "follow|you can follow|find him|find her|find them|folgen sie|folge|folgt|suivez|sigue|siga|"
    "sigan|segui|seguite|volg|följ|følg|obserwuj|śledź|sledujte|следите|ikuti|takip";

constexpr std::string_view kNoteContacts =
    "be reached at|be contacted at|reach him|reach her|reach them|reach the reporter|contact the|"
    "email the|e-mail the|write to|email him|email her|email:|e-mail:|e-mail an|contact:|"
    "kontakt:|contacto:|contatto:|contact :|questions or comments|tips to|erreichbar unter";

constexpr std::string_view kNoteRights =
    "all rights reserved|copyright:|may not be published, broadcast|may not be reproduced|"
    "may not be republished|do not reproduce without|creative commons|alle rechte vorbehalten|"
    "tous droits réservés|reproduction interdite|todos los derechos reservados|"
    "prohibida la reproducción|prohibida su reproducción|tutti i diritti riservati|"
    "riproduzione riservata|todos os direitos reservados|proibida a reprodução|"
    "alle rechten voorbehouden|med ensamrätt|alla rättigheter förbehållna|alle rettigheter|"
    "med enerett|alle rettigheder|wszelkie prawa zastrzeżone|všechna práva vyhrazena|"
    "все права защищены|перепечатка|tüm hakları saklıdır|無断転載|無断複製|禁無断|무단전재|"
    "무단 전재|재배포 "
    "금지|저작권자|版权所有|未经授权|非经授权|非經授權|不得转载|不得轉載|版權所有|未經授權|"
    "جميع الحقوق محفوظة|حقوق النشر|hak cipta dilindungi|dilarang mengambil|dilarang memperbanyak";

constexpr std::string_view kNoteOrigins =
    "originally published|first published|originally appeared|this article was originally|"
    "this article originally|this article was first|this article first|"
    "this article is republished|this article was produced|this story was originally|"
    "this story originally|this story was first|this story first|this story is republished|"
    "this essay was originally|this essay first|this piece was originally|this piece first|"
    "this piece originally|this post was originally|this post originally|this post first|"
    "a version of this article|a version of this story|dieser artikel ist zuerst|"
    "dieser artikel erschien|dieser text ist zuerst|dieser text erschien|"
    "dieser beitrag ist zuerst|dieser beitrag erschien|zuerst erschienen|"
    "cet article a été publié|cet article est paru|este artículo se publicó|"
    "este artículo fue publicado|este texto fue publicado|questo articolo è stato pubblicato|"
    "questo articolo è apparso|este artigo foi publicado|este texto foi publicado|"
    "dit artikel verscheen|dit artikel is eerder|denna artikel publicerades|"
    "artikeln publicerades|denne artikkelen ble først|artikkelen ble først|denne artikel blev|"
    "artikel ini telah tayang|artikel ini telah diterbitkan|bu makale ilk|bu yazı ilk|"
    "tento článek vyšel|článek původně|artykuł ukazał się|tekst ukazał się|материал впервые|"
    "статья впервые|本文来源|来源：|原标题|本文原载|本文首发|この記事は最初";

constexpr std::string_view kNoteMores =
    "related stories|related articles|related posts|related news|related topics|related links|"
    "read also|also read|read next|what to read next|more from|more like this|more stories|"
    "you might also like|you may also like|recommended for you|weitere artikel|weitere meldungen|"
    "mehr zum thema|mehr aus|ähnliche artikel|verwandte artikel|lesen sie auch|"
    "das könnte sie auch|auch interessant|à lire aussi|lire aussi|sur le même sujet|"
    "articles liés|vous aimerez aussi|dans la même rubrique|noticias relacionadas|"
    "artículos relacionados|te puede interesar|lee también|lea también|más sobre|más noticias|"
    "articoli correlati|leggi anche|potrebbe interessarti|ti potrebbe interessare|"
    "notícias relacionadas|artigos relacionados|leia também|leia mais|veja também|saiba mais|"
    "lees ook|lees meer|meer over|meer nieuws|gerelateerd|läs också|läs även|läs mer|relaterade|"
    "fler artiklar|les også|les mer|relaterte|flere saker|læs også|læs mere|relaterede|"
    "flere artikler|czytaj także|czytaj też|zobacz także|zobacz też|przeczytaj także|polecane|"
    "czytaj więcej|powiązane|čtěte také|související články|mohlo by vás zajímat|další články|"
    "читайте также|по теме|похожие|другие новости|смотрите также|ilgili haberler|benzer haberler|"
    "bunlar da ilginizi|diğer haberler|関連記事|関連ニュース|あわせて読みたい|おすすめ記事|"
    "관련기사|관련 기사|관련뉴스|관련 뉴스|추천 기사|인기 기사|相关新闻|相关阅读|相关文章|相關文章|"
    "相關新聞|延伸閱讀|延伸阅读|推荐阅读|推薦閱讀|更多新闻|مواضيع ذات صلة|اقرأ أيضا|اقرأ أيضًا|"
    "أخبار ذات صلة|baca juga|artikel terkait|berita terkait|lihat juga";

constexpr std::string_view kNoteCorrections =
    "correction|corrections|clarification|an earlier version|a previous version|"
    "this article has been|this story has been|this article was amended|"
    "this article was corrected|this article was updated|berichtigung|korrektur|"
    "in einer früheren|rectificatif|une version précédente|corrección|fe de errores|"
    "fe de erratas|una versión anterior|correzione|rettifica|correção|errata|uma versão anterior|"
    "correctie|rectificatie|in een eerdere versie|rättelse|rettelse|retting|sprostowanie|oprava|"
    "исправление|düzeltme|訂正|정정|更正|تصحيح|koreksi|ralat";

constexpr auto kNoteTable = std::to_array<NotePhrases>({
    {NotePhrase::kAsk, kNoteAsks},
    {NotePhrase::kAskAnywhere, kNoteAsksAnywhere},
    {NotePhrase::kFollow, kNoteFollows},
    {NotePhrase::kContact, kNoteContacts},
    {NotePhrase::kRights, kNoteRights},
    {NotePhrase::kOrigin, kNoteOrigins},
    {NotePhrase::kMore, kNoteMores},
    {NotePhrase::kCorrection, kNoteCorrections},
});

}  // namespace

std::span<const NotePhrases> EndNotePhrases() { return kNoteTable; }

}  // namespace broadsheet::sources::page
