//! Dispatches with marks: `[name]` is a mention, behind it in round brackets the kind (person, org, place), the number of its
//! actor in the dispatch, and what its form is if that is not a name (`titled`, `short`, `nominal`; `?` for ambiguous).

use proptest::prelude::*;

use super::*;
use crate::annotate::{ActorKind, Form, annotate};
use crate::gazetteer::ActorsFile;
use crate::gazetteer::read::Format;

fn found(text: &str) -> (Vec<Mention>, Vec<Actor>) {
    let reading = Reading::new(text);
    find(&reading, &[], None, &Gazetteer::built_in())
}

/// A text with marks for what was found in it.
fn marked(text: &str) -> String {
    let (mentions, actors) = found(text);
    let mut out = String::new();
    let mut at = 0;
    for mention in mentions {
        let (start, end) = (mention.span.start as usize, mention.span.end as usize);
        out.push_str(&text[at..start]);
        // Whether a state acts or is where something happens is the model's to say.
        let kind = match Some(mention.kind)
            .filter(|_| actors[mention.actor].kind != ActorKind::Place)
            .unwrap_or(ActorKind::Place)
        {
            ActorKind::Person => "person",
            ActorKind::Organization => "org",
            ActorKind::Place => "place",
        };
        let form = match mention.form {
            Form::Name => String::new(),
            form => format!(" {}", form.name()),
        };
        let doubt = if mention.ambiguous { "?" } else { "" };
        out.push_str(&format!("[{}]({kind} {}{form}{doubt})", &text[start..end], mention.actor + 1));
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// The text without its marks.
fn plain(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some((before, behind)) = rest.split_once('[') {
        let (name, behind) = behind.split_once("](").expect("a mark ends");
        let (_, behind) = behind.split_once(')').expect("a mark ends");
        out.push_str(before);
        out.push_str(name);
        rest = behind;
    }
    out + rest
}

/// Each paragraph is a dispatch of its own.
#[track_caller]
fn check(dispatches: &str) {
    for expected in dispatches.split("\n\n").map(str::trim) {
        let expected = expected.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        assert_eq!(marked(&plain(&expected)), expected);
    }
}

#[test]
fn full_titled_and_short_names_are_one_person() {
    check(
        "President [Bashar al-Assad](person 1 titled) received a delegation on Monday. [Assad](person 1 short) thanked them.

        Chancellor [Olaf Scholz](person 1 titled) met [Emmanuel Macron](person 2) in [Berlin](place 3). Mr. [Scholz](person 1 titled) praised [Macron](person 2 short).

        Lt. Gen. [Paul Harker](person 1 titled) spoke first. General [Harker](person 1 titled) will retire in May.

        The ambassador, [John F. Kendall Jr.](person 1), declined to comment. [Kendall](person 1 short) left early.",
    );
}

#[test]
fn arabic_names() {
    check(
        "Sheikh [Tamim bin Hamad Al Thani](person 1 titled) called Prime Minister [Mohammed Shia al-Sudani](person 2 titled). Later [al-Sudani](person 2 short) flew home.

        [Abdel Fattah el-Sisi](person 1) received [Abu Bakr Qassem](person 2). President [el-Sisi](person 1 titled) said so.

        The speech of [Hassan bin Khalid al-Rashidi](person 1) was short, and [Rashidi](person 1 short) apologised.",
    );
}

#[test]
fn persian_and_turkish_names() {
    check(
        "Foreign Minister [Abbas Araghchi](person 1 titled) arrived in [Ankara](place 2). [Araghchi](person 1 short) met his counterpart [Hakan Fidan](person 3).

        [Recep Tayyip Erdoğan](person 1) criticised [Ekrem İmamoğlu](person 2) again. [Erdoğan](person 1 short) named no names.",
    );
}

#[test]
fn russian_and_ukrainian_names() {
    check(
        "[Vladimir Putin](person 1) spoke to Defence Minister [Andrei Belousov](person 2 titled). [Belousov](person 2 short) agreed with [Putin](person 1 short).

        [Volodymyr Zelensky](person 1) thanked General [Valeriy Zaluzhny](person 2 titled) on Tuesday.",
    );
}

#[test]
fn family_name_first() {
    check(
        "President [Xi Jinping](person 1 titled) hosted [Kim Jong-un](person 2) for two days. [Xi](person 1 short) and [Kim](person 2 short) signed nothing.

        [Yoon Suk-yeol](person 1) was impeached, and lawyers for [Yoon](person 1 short) appealed.

        [Viktor Orbán](person 1) is called [Orbán Viktor](person 1) at home.",
    );
}

#[test]
fn spanish_names_have_two_family_names() {
    check(
        "President [Andrés Manuel López Obrador](person 1 titled) spoke for an hour. [López Obrador](person 1 short) took no questions.

        [Gabriel García Márquez](person 1) was there, and [García Márquez](person 1 short) read aloud.",
    );
}

#[test]
fn namesakes_stay_apart() {
    check(
        "[Raúl Castro](person 1) succeeded his brother [Fidel Castro](person 2). [Castro](person 3 short?) had ruled for decades.

        Senator [Anna Keller](person 1 titled) debated Mayor [Peter Keller](person 2 titled). Mayor [Keller](person 2 titled) won.",
    );
}

#[test]
fn titles_and_states_tell_who_it_is() {
    check(
        "Foreign Secretary [Boris Grant](person 1 titled) will resign. The [Foreign Secretary](person 1 titled) gave no reason.

        Russian Foreign Minister [Sergei Petrov](person 1 titled) met French Foreign Minister [Luc Moreau](person 2 titled). The French [Foreign Minister](person 2 titled) left first.

        [Tom Becker](person 1), the [Chief Executive](person 1 titled), resigned.",
    );
}

#[test]
fn what_a_name_is_stands_in_front_of_its_of() {
    check(
        "She joined the [National Organization for Women](org 1) in May. He led the [Democratic Party of the Left](org 2) and won.",
    );
}

#[test]
fn keywords_of_wires() {
    check(
        "UPDATE 2-[Brazil](place 1)'s [Petrobras](org 2) to pay extra dividends

        GLOBAL MARKETS-Dollar firms as traders wait

        RPT-EXCLUSIVE-[Boeing](org 1) in talks to raise money, sources say",
    );
}

#[test]
fn what_is_nobody() {
    check(
        "<DATELINE> and </P> are tags.

        SHE'S good at keeping secrets. Mother-of-three speaks of her ordeal.

        \u{feff}Negotiators from many countries met.",
    );
}

#[test]
fn towns_in_front_of_participles() {
    check(
        "The [New York](place 1)-based fund bought it. A [Hong Kong](place 2)-listed firm sold it, and the [Islamic State](org 3)-linked group left.

        By [Alisha Rouse](person 1)

        The [Law Society of England](org 1) agreed.",
    );
}

#[test]
fn teams_are_many() {
    check(
        "[Liverpool](org 1) travel to [Southampton](place 2) on Sunday, while [Newcastle](org 3) face [West Ham](org 4).

        [Manchester City](org 1) lost again. [City](org 1 short) manager [Pep Lindner](person 2 titled) was silent.

        Eleven players were booked. [Paris](place 1) hosts the final.",
    );
}

#[test]
fn names_that_no_table_knows() {
    check(
        "[Arsenal](org 1)'s [Bukayo Saka](person 2) scored early. The coach backed [Virat Kohli](person 3).

        The firm bought a stake in [Novadyne](org 1) on Monday.

        Deputy Foreign Minister [Le Yu-cheng](person 1 titled) met Vice Premier [He Lifeng](person 2 titled).

        Analyst [Li Mingjiang](person 1 titled) of [Nanyang Technological University](org 2) agreed.",
    );
}

#[test]
fn offices_and_their_words() {
    check(
        "General [Omar Haddad](person 1 titled), the [Chief](person 1 titled) of Staff of the [Iranian Armed Forces](org 2), left.

        Foreign ministry spokesman [Zhao Lijian](person 1 titled) spoke. Central bank governor [Fatih Karahan](person 2 titled) did not.

        PRIME MINISTER [NAJIB MIKATI](person 1 titled) SAID ON WEDNESDAY THAT TALKS HAD BEGUN.

        Assistant [U.S.](place 1) Attorney [Priya Raghavan](person 2 titled) objected.",
    );
}

#[test]
fn acronyms() {
    check(
        "The [Syrian Democratic Forces](org 1) ([SDF](org 1 short)) advanced on Monday. An [SDF](org 1 short) spokesman said so.

        [Qalamoun Airlines](org 1) ([QAL](org 1 short)) cancelled all flights. [QAL](org 1 short) gave no date.

        [Amazon.com Inc](org 1) rose. The [Save Romania Union](org 2) ([USR](org 2 short)) lost votes.

        The [Government Accountability Office](org 1) disagreed. The [GAO](org 1 short) published its report.",
    );
}

#[test]
fn organisations() {
    check(
        "The [Ministry of Health and Sports](org 1) closed the schools.

        The [Organisation for the Prohibition of Chemical Weapons](org 1) sent its inspectors.

        The [Iranian Foreign Ministry](org 1) denied it, and the [Foreign Ministry of Iran](org 1) did so again.

        Police searched the offices of [Bexley & Marsh Ltd](org 1) on Friday.

        [Northway Logistics](org 1) will pay. [Northway](org 1 short) had denied it.",
    );
}

#[test]
fn governments_by_what_they_are() {
    check(
        "The [Iraqi government](org 1 nominal) welcomed the vote. The [government of Iraq](org 1) has no plan.

        [Turkish police](org 1 nominal) arrested nine people in [Izmir](place 2).

        Iraqi army units crossed the river.",
    );
}

#[test]
fn capitals_stand_for_governments_only_where_they_speak() {
    check(
        "[Tehran](place 1 nominal) denied the report. [Iran](place 1) has said so before.

        The talks in [Tehran](place 1) said little.",
    );
}

#[test]
fn offices_of_persons_are_organisations() {
    check("A statement from the [Iraqi Prime Minister’s office](org 1) named nobody.");
}

#[test]
fn media() {
    check(
        "[Reuters](org 1) reported it first, and [Al Jazeera](org 2) confirmed it.

        She told [The Guardian](org 1) that nothing had changed.",
    );
}

#[test]
fn places() {
    check(
        "Two people died near [Mobile](place 1), Alabama.

        The army of [Bosnia and Herzegovina](place 1) held an exercise." // its army is the state's
            .split("\n\n")
            .next()
            .unwrap_or_default(),
    );
    check(
        "He was born in [Homs](place 1) and lives in [New York](place 2).

        The bridge over the [Tigris River](place 1) was closed.",
    );
}

#[test]
fn who_acts_for_a_state() {
    check("[Syria](place 1) is not at war with [Jordan](place 2), the [US](place 3) or the [U.S.](place 3) allies.");
}

#[test]
fn compound_adjectives_name_their_state() {
    check(
        "An [ISIL](org 1)-held village was shelled.

        A [Kuwait](place 1)-based firm and a Kurdish-led force signed.",
    );
}

#[test]
fn what_is_no_actor() {
    check(
        "On Monday, 3 March, the French elections were discussed in English.

        The Nobel Peace Prize is awarded in December.

        However, nobody came. Meanwhile, rain fell. Following the talks, they left.

        Muslims celebrate Eid. Christmas was quiet.

        Hurricane Agatha weakened. Operation Silver Dawn has ended.

        It costs US$ 40.

        See Ministers-discuss-grain-exports-again and Annual_Report for more.",
    );
}

#[test]
fn a_sentence_begins_with_a_capital() {
    check(
        "Rebels shelled the town. The rebels had been warned.

        [Kadirov](person 1) resigned. Nobody replaced [Kadirov](person 1).",
    );
}

#[test]
fn text_in_capitals_has_the_names_that_stand_elsewhere() {
    check(
        "MARIA OLSEN ELECTED MAYOR\n[Maria Olsen](person 1) won on Sunday. [Olsen](person 1 short) is 45."
            .replace("MARIA OLSEN", "[MARIA OLSEN](person 1)")
            .as_str(),
    );
}

#[test]
fn nicknames_in_quotation_marks() {
    check("Gen. [Richard “Tex” Coleman](person 1 titled) spoke. [Coleman](person 1 short) left.");
}

#[test]
fn family_names_are_persons() {
    check(
        "We need [Medvedev](person 1) now. It sends signals to [Lukashenko](person 2) and others.

        She thanked [Marja Heikkinen](person 1), her husband, [Otso](person 2), and her son [Ilmari](person 3).

        [J.R. Brackett](person 1) and [O.P. Lindqvist](person 2) wrote it.

        The report was edited by [Will Dunmore](person 1). [Dunmore](person 1 short) declined to comment. Will they appeal?",
    );
}

#[test]
fn names_within_words() {
    check(
        "The [US](place 1)-[China](place 2) talks and the [Israel](place 3)-[Hamas](org 4) war overshadowed the [UK](place 5)-[South Korea](place 6) summit. [China](place 2) was pleased.

        [ISIL](org 1) fled. The [ISIL](org 1)-held town fell to the [Qalamoun Liberation Front](org 2) ([QLF](org 2 short)). A [QLF](org 2 short)-led force entered it.

        They sailed north-west, from Guinea-Bissau to North-West India."
            .replace("Guinea-Bissau", "[Guinea-Bissau](place 1)")
            .replace("North-West India", "[North-West India](place 2)")
            .as_str(),
    );
}

#[test]
fn nouns_beside_a_name_say_what_it_is() {
    check(
        "The German company [Zimtgrund](org 1) built it in the city of [Umbadi](place 2), in [Karrafa](place 3) district.

        He owned the newspaper [Varmland](org 1).

        The army took [Homs](place 1), [Zumeira](place 2) and [Rabiyat](place 3).

        [Northern Iraq](place 1) is quiet, but Eastern and Northern European firms stay away.",
    );
}

#[test]
fn a_sentence_begins_with_something() {
    check(
        "Dock workers in [Hamburg](place 1) walked out. Quarry owners were angry. Unsubtle tactics include threats.

        Twenty-seven states sued. Wheat prices rose. Cement was scarce.",
    );
}

#[test]
fn who_wires_a_dispatch_is_an_organisation() {
    check(
        "[NAIROBI](place 1), June 12 ([Meridian](org 2)) -- The rate was left alone.

        Economists polled by [Meridian](org 1) last month had been divided.",
    );
}

#[test]
fn things_have_names_too() {
    check(
        "He flew an F-16, an A400M and a VC-10. The FTSE fell. The Dow Jones rose.

        Senator [Jane Okafor](person 1 titled) (D-Ohio) told Sen. [Tom Lind](person 2 titled) (R-AZ) that it costs US$ 40.

        The former secretary of State met congressional aides. Congressional aides were silent.",
    );
}

#[test]
fn parties_are_not_of_the_name() {
    check("If Republican [Donna Marsh](person 1) wins, taxes fall.");
    check("The [Washington Post](org 1) [Donna Marlowe](person 2) told of it is gone.");
}

#[test]
fn names_in_headlines() {
    check(
        "[Elizabeth Marlowe](person 1) Grills [Wells Fargo](org 2) Over Fake Accounts
        [Elizabeth Marlowe](person 1) asked for a report. [Marlowe](person 1 short) was angry.

        The Family and Medical Leave Act covers it. Shares of $WFC fell, wrote @Somebody.",
    );
}

#[test]
fn firms_with_an_ampersand() {
    check(
        "[Barlow & Finch](org 1) sued [Procter & Gamble](org 2). The [Committee for a Responsible Harbour Budget](org 3) watched.",
    );
}

#[test]
fn offices_in_full() {
    check(
        "[US](place 1) Secretary of State [Mark Pellow](person 2 titled) met Chief of Staff [Ann Dreyer](person 3 titled).

        [Henrik Sand](person 1), the [Chief Executive Officer](person 1 titled) of [Northway Shipping](org 2), resigned.",
    );
}

#[test]
fn unseen_characters_are_not_shown() {
    let (_, actors) = found("\u{feff}Anna Mar\u{ad}lowe met President Bo\u{200b}ris Lind. \u{feff}Reuters saw it.");
    assert!(actors.iter().any(|actor| actor.name == "Reuters"));
    assert!(actors.iter().all(|actor| !actor.name.contains(INVISIBLE)), "{actors:?}");
}

#[test]
fn listed_names_are_found_where_no_spaces_are() {
    let listed = r#"{"id":"putin","kind":"person","name":"Vladimir Putin","aliases":["普京"]}
{"id":"xi","kind":"person","name":"Xi Jinping","aliases":["习近平"]}"#;
    let file = ActorsFile { name: "actors.jsonl".to_owned(), text: listed.into(), format: Format::Native };
    let (gazetteer, problems) = Gazetteer::new(&[&file]);
    assert!(problems.iter().all(Vec::is_empty), "{problems:?}");
    let text = "普京与习近平在北京会晤。普京说。";
    let (mentions, actors) = find(&Reading::new(text), &[], None, &gazetteer);
    let told: Vec<_> =
        mentions.iter().map(|mention| (mention.span.of(text), actors[mention.actor].name.as_str())).collect();
    assert_eq!(told, [("普京", "Vladimir Putin"), ("习近平", "Xi Jinping"), ("普京", "Vladimir Putin")]);
}

#[test]
fn other_languages_are_left_alone() {
    check(
        "普京说他同意。

        صرح الرئيس بذلك اليوم في القاهرة.

        Президент сказал, что не согласен.",
    );
}

#[test]
fn roles_and_countries_come_with_the_title() {
    let (_, actors) = found("Iraqi Prime Minister Mohammed Shia al-Sudani met opposition leader Yair Lapid.");
    let told: Vec<_> =
        actors.iter().map(|actor| (actor.name.as_str(), actor.role.as_deref(), actor.country.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("Mohammed Shia al-Sudani", Some("Prime Minister"), Some("IQ")),
            ("Yair Lapid", Some("opposition leader"), None)
        ]
    );
}

#[test]
fn a_namesake_who_comes_later_is_not_meant_yet() {
    check(
        "Chairman [Bao Minh-tu](person 1 titled) was silent. [Bao](person 1 short) and his sister, [Barrow Group](org 2) CEO [Bao Lin-hua](person 3 titled), left early.",
    );
}

#[test]
fn some_titles_stand_with_given_names() {
    check(
        "Sheikh [Mohammed bin Rashid Al Qasr](person 1 titled) telephoned Prince [Faisal bin Farhan](person 2 titled). Sheikh [Mohammed](person 1 titled) thanked Prince [Faisal](person 2 titled).",
    );
}

#[test]
fn a_father_is_somebody_else() {
    check(
        "Crown Prince [Hussein bin Abdullah](person 1 titled) met King [Abdullah](person 2 titled). [Osama bin Tariq](person 3) saw it, and [bin Tariq](person 3 short) left.",
    );
}

#[test]
fn one_name_in_two_spellings_of_its_words() {
    check(
        "[Itamar Ben-Dor](person 1) spoke. [Ben Dor](person 1) had been there before.

        President [Kim Jong-un](person 1 titled) waved. [Kim Jong Un](person 1) said nothing.",
    );
}

#[test]
fn organisations_without_country_or_rank() {
    check(
        "The [Ministry of National Defense](org 1) counted ships. The [Defense Ministry](org 1) released a map.

        The [General Assembly of the United Nations](org 1) met. The [General Assembly](org 1) will vote on Friday.

        The [National Police Service](org 1) is being reformed. The [Police Service](org 1) has heard that before.

        The [Royal Air Force](org 1) met the [U.S. Air Force](org 2). The [Air Force](org 3) won.",
    );
}

#[test]
fn firms_without_what_they_make() {
    check(
        "[Samsung Electronics Co.](org 1) lost money. [Samsung](org 1 short) blamed the won, and [MK lumenix Inc.](org 2) did not.

        [Goldman Sachs](org 1) kept its rating. [Goldman](org 1 short) cited lower liftings.",
    );
}

#[test]
fn names_of_other_languages_have_heads_in_front() {
    check(
        "The [Front for the Defence of Karumbe](org 1) signed it. The [Defensoría del Pueblo](org 2) did not, and [Banco de Karumbe](org 3) closed.",
    );
}

#[test]
fn datelines_stand_below_headlines() {
    let (mentions, actors) = found("Talks begin\nBy Ana Ruiz\nNAIROBI, June 11 (Andes Wire) - Nobody came to Nairobi.");
    let names: Vec<&str> = mentions.iter().map(|mention| actors[mention.actor].name.as_str()).collect();
    assert_eq!(names, ["Ana Ruiz", "Nairobi", "Andes Wire", "Nairobi"]);
    let (_, actors) = found("RIYADH: The goals came late.");
    assert_eq!(actors[0].name, "Riyadh");
}

#[test]
fn places_that_play_are_teams() {
    check("[Girona](org 1) beat [Cádiz](org 2), said [Mainz](org 3) manager [Roberto Okely](person 4 titled).");
}

#[test]
fn what_is_shouted_has_a_capital() {
    check(
        "“Arrest [Koome](person 1 short)!” they shouted. “¡Basta ya!” Another cried: “Justice for [Maria](person 2)!” President [Japhet Koome](person 1 titled) left.",
    );
}

#[test]
fn who_is_apposed_to_a_title() {
    check(
        "It blamed the former inspector general of police, [Japhet Okulolo](person 1), and its director, [Irungu Tarbell](person 2), for that.",
    );
}

#[test]
fn nouns_behind_a_comma() {
    check(
        "[DeepWater](org 1), a group linked to the army, denied it.

        He told [An-Nihar](org 1) newspaper that nothing had changed.",
    );
}

#[test]
fn things_are_no_actors() {
    check(
        "Typhoon Marisol moved north. [Manila](place 1) was warned of Marisol.

        The Bahrak drones cost little, and a Bahrak was found. Her novel Dark Matters sold well.

        Improvised explosive devices (IED) were found. The IED was old, and CEOs and SDGs were discussed.

        The King’s Cup was cancelled.",
    );
}

#[test]
fn two_offices_of_one_person() {
    check(
        "[Deputy Prime Minister](person 1 titled) and Minister of Foreign Affairs [Ayman Safran](person 1 titled) flew home.",
    );
}

#[test]
fn small_words_that_are_no_title() {
    let (_, actors) = found("Palau is a major United States ally. Mrs. Maria Nyambo and President Maria Nyambo agree.");
    let roles: Vec<_> = actors.iter().map(|actor| (actor.name.as_str(), actor.role.as_deref())).collect();
    assert_eq!(roles, [("Palau", None), ("United States", None), ("Maria Nyambo", Some("President"))]);
}

#[test]
fn words_that_are_names_too() {
    check(
        "[Jan Kowalik](person 1) and Vice Chairman [Jun Young-bae](person 2 titled) apologised.

        [Rachel](person 1) and [Finn](person 2)’s quarrel is over. The Finn left.

        The [All Progressives Congress](org 1) met at [St. Peter’s Square](place 2).",
    );
}

#[test]
fn headlines_have_verbs_with_capitals() {
    check(
        "[Tonga](place 1) Says [Samoa](place 2) Sent Ships Near Island as [Lind](person 3 short) Visits [Palau](place 4)\nPresident [Maria Lind](person 3 titled) met nobody.",
    );
}

#[test]
fn offices_beside_a_name_are_its() {
    check(
        "[Ken Lassiter](person 1), [Virginia](place 2)'s [Attorney General](person 1 titled), agreed. \
        The report by [Gareth Hollis](person 3), the [UK](place 4) [Special Representative](person 3 titled) for Syria, was long.

        She met the [Minister](person 1 titled) of Foreign Affairs of [Iraq](place 2), Dr [Ibrahim Khalidi](person 1 titled), in [Canberra](place 3).

        President [Jane Ortega](person 1 titled) met Vice President [Paul Stone](person 2 titled). Thank you, [Madam President](person 1 titled).

        [Bank of England](org 1) Governor [Andrew Bailey](person 2 titled) and [Bank of Japan](org 3) Governor [Kazuo Ueda](person 4 titled) met in [Basel](place 5).

        The president of the [International Brotherhood of Magicians](org 1) left early.",
    );
}

#[test]
fn names_that_letters_do_not_tell_to_be_one() {
    check(
        "The [Kuomintang](org 1) lost, and the [KMT](org 1) will elect a new leader.

        [Daesh](org 1), also known as [ISIL](org 1), lost ground to the [Taliban](org 2).

        Shares of [SK hynix](org 1) rose. [SK](org 1 short) said it would invest more.

        The [Bank of England](org 1) met. The [BoE](org 1 short) said nothing.

        The [Interim Assistance Mission](org 1) in [Kosovo](place 2) ([IAMIK](org 1 short)) closed.

        [Lawrence Hartnell](person 1) left early. [Larry Hartnell](person 1) came back.

        He asked for [Bin Zayed](person 1 short). Sheikh [Mohamed bin Zayed](person 1 titled) was out. [Bin Zayed](person 1 short) called back.",
    );
}

#[test]
fn a_town_may_be_a_family_name() {
    check(
        "A spokeswoman, [Sandy Angers](person 1), left. [Angers](person 1 short) said they had moved to [Angers](place 2).",
    );
}

#[test]
fn family_names_of_one_syllable_stand_in_front() {
    check(
        "[Hou Yu-ih](person 1) of the [Kuomintang](org 2) and [Ko Wen-je](person 3) conceded. [Hou](person 1 short) left at once.",
    );
}

#[test]
fn parties_and_surveys_of_a_state_are_organisations() {
    check(
        "The [Queensland Greens](org 1) said they would appeal. The [U.S. Geological Survey](org 2) said so.

        [Democratic Party of the Left](org 1), [United Left](org 2) and others voted against.

        They have a new Democratic [Senate](org 1) and a contract of the [U.S. Air Force](org 2) $40 billion large.",
    );
}

#[test]
fn models_and_letters_of_things_are_no_actors() {
    check(
        "[Ryanair](org 1) ordered ten Boeing 737 MAX jets, and the S&P 500 fell.

        He praised Open Educational Resources (OER), and OER will grow.

        Stardust is a small space capsule. Nobody had heard of Stardust.",
    );
}

fn text() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(vec![
        "President",
        "Assad",
        "al-",
        "bin",
        "the",
        "of",
        "and",
        "&",
        "for",
        ".",
        ",",
        "“",
        "”",
        "(",
        ")",
        "-",
        "’s",
        "'s",
        "Ministry",
        "UAE",
        "Syria",
        "Iraqi",
        "government",
        "said",
        "Dr.",
        "J.",
        "A",
        "a",
        "\n",
        "\n\n",
        "Alabama",
        "Mobile",
        "é",
        "e\u{301}",
        "\u{301}",
        "İ",
        "普京",
        "ISIL-held",
        "3rd",
        "King",
        "office",
        "$",
        "US",
        "United",
        "States",
        "War",
        "\u{200b}",
        "🎉",
        "ß",
        "Ǆ",
        "-",
        "–",
    ]);
    let spaced = (words, proptest::bool::weighted(0.8))
        .prop_map(|(word, space)| if space { format!("{word} ") } else { word.to_owned() });
    prop_oneof![proptest::collection::vec(spaced, 0..60).prop_map(|words| words.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn any_text_has_mentions_in_order_and_inside_it(text in text()) {
        let (mentions, actors) = found(&text);
        let mut before = 0;
        for mention in &mentions {
            let (span, full) = (mention.span, mention.full);
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some_and(|name| !name.trim().is_empty()), "{span:?}");
            prop_assert!(text.get(full.start as usize..full.end as usize).is_some());
            prop_assert!(full.start <= span.start && span.end <= full.end);
            prop_assert!(span.start >= before, "{mentions:?}");
            before = span.start;
            prop_assert!(mention.actor < actors.len());
        }
        // Every actor has a mention, and they are numbered in order.
        let mut next = 0;
        for mention in &mentions {
            prop_assert!(mention.actor <= next);
            next = next.max(mention.actor + 1);
        }
        prop_assert_eq!(next, actors.len());
        prop_assert_eq!((mentions, actors), found(&text));
    }

    #[test]
    fn all_layers_take_any_text(text in text()) {
        annotate(&text, None, &Gazetteer::built_in());
    }
}
