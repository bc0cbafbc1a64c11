namespace EventSourcing.Firehose.Posts;

/// <summary>Sentences in many scripts, with what is difficult about text: right to left, combining marks, joined and astral characters.</summary>
internal static class Scripts
{
    private static readonly string[] Sentences =
    [
        "The quick brown fox jumps over the lazy dog.", "Zażółć gęślą jaźń.", "Příliš žluťoučký kůň úpěl ďábelské ódy.", "Pijamalı hasta yağız şoföre çabucak güvendi.",
        "Съешь же ещё этих мягких французских булок, да выпей чаю.", "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία.", "נקנה ספר חכם, דג סקרן שט בים.", "نص حكيم له سر قاطع وذو شأن عظيم.",
        "ہر انسان آزاد پیدا ہوا ہے۔", "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा।", "নমস্কার, কেমন আছেন?", "வணக்கம், நீங்கள் எப்படி இருக்கிறீர்கள்?", "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า",
        "다람쥐 헌 쳇바퀴에 타고파.", "いろはにほへと ちりぬるを", "天地玄黃,宇宙洪荒。", "გთხოვთ ახლავე გაიაროთ რეგისტრაცია.", "Բոլոր մարդիկ ծնվում են ազատ։", "ሰላም ልዑል ዓለም።", "សួស្តី​ពិភពលោក",
        "e\u0301 is not é, \u202Ethis runs backwards\u202C, and 👩🏽\u200D🚀 is one.", "🇪🇺 🏳️\u200D🌈 𐍈 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎𠜱",
    ];

    /// <summary>One of them.</summary>
    public static string Sentence(Random chance) => Sentences[chance.Next(Sentences.Length)];
}
