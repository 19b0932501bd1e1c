#pragma once

#include <array>

/// A question in both languages. Answers are parted by "|"; the first of each language is shown, any of either counts.
struct Question {
    const char* english;
    const char* chinese;
    const char* answer;
    const char* chinese_answer;
};

// A saved round names its questions by their English text: a reworded one is a new one.
inline constexpr auto questions = std::to_array<Question>({
    // The earth
    {"What is the capital of Australia?", "澳大利亚的首都是哪里？", "Canberra", "堪培拉"},
    {"What is the capital of Canada?", "加拿大的首都是哪里？", "Ottawa", "渥太华"},
    {"What is the capital of Brazil?", "巴西的首都是哪里？", "Brasília|Brasilia", "巴西利亚"},
    {"What is the capital of Kenya?", "肯尼亚的首都是哪里？", "Nairobi", "内罗毕"},
    {"What is the capital of New Zealand?", "新西兰的首都是哪里？", "Wellington", "惠灵顿"},
    {"Which is the largest ocean?", "世界上最大的洋是哪一个？", "Pacific|Pacific Ocean", "太平洋"},
    {"Which is the longest river of Asia?", "亚洲最长的河是哪一条？", "Yangtze|Yangtze River|Chang Jiang|Changjiang",
     "长江|扬子江"},
    {"Which is the highest mountain above sea level?", "世界上海拔最高的山峰是哪一座？",
     "Everest|Mount Everest|Mt Everest|Chomolungma|Qomolangma|Sagarmatha", "珠穆朗玛峰|珠峰"},
    {"Which is the largest country by area?", "世界上面积最大的国家是哪一个？", "Russia|Russian Federation", "俄罗斯"},
    {"Which is the smallest country by area?", "世界上面积最小的国家是哪一个？", "Vatican City|Vatican|Holy See",
     "梵蒂冈|梵蒂冈城国"},
    {"Which is the deepest lake?", "世界上最深的湖是哪一个？", "Baikal|Lake Baikal", "贝加尔湖"},
    {"On which continent lies Egypt?", "埃及主要位于哪个大洲？", "Africa", "非洲"},
    {"Which river flows through Paris?", "流经巴黎的是哪条河？", "Seine|River Seine", "塞纳河"},
    {"Which strait separates Spain from Morocco?", "西班牙和摩洛哥之间是哪个海峡？", "Gibraltar|Strait of Gibraltar",
     "直布罗陀海峡|直布罗陀"},

    // The sky
    {"Which planet is closest to the sun?", "离太阳最近的行星是哪一颗？", "Mercury", "水星"},
    {"Which planet is the largest of the solar system?", "太阳系中最大的行星是哪一颗？", "Jupiter", "木星"},
    {"Which planet is called the red planet?", "被称为“红色星球”的是哪颗行星？", "Mars", "火星"},
    {"Which galaxy do we live in?", "我们所在的星系叫什么？", "Milky Way|Milky Way Galaxy", "银河系"},
    {"Who was the first person on the moon?", "第一个登上月球的人是谁？", "Neil Armstrong|Armstrong",
     "阿姆斯特朗|尼尔·阿姆斯特朗"},
    {"Who was the first person in space?", "第一个进入太空的人是谁？", "Yuri Gagarin|Gagarin", "加加林|尤里·加加林"},
    {"How many planets has the solar system?", "太阳系有几颗行星？", "8|eight", "八|八颗|8颗"},

    // Nature
    {"What is the chemical symbol of gold?", "金的化学符号是什么？", "Au", "Au"},
    {"What is the chemical symbol of iron?", "铁的化学符号是什么？", "Fe", "Fe"},
    {"Which element has the atomic number 1?", "原子序数为 1 的元素是什么？", "hydrogen|H", "氢|氢气"},
    {"Which gas makes up most of the air?", "空气中含量最多的气体是什么？", "nitrogen|N2", "氮气|氮"},
    {"Which is the hardest natural mineral?", "自然界中最硬的矿物是什么？", "diamond", "金刚石|钻石"},
    {"Which animal is the largest that ever lived?", "有史以来最大的动物是什么？", "blue whale", "蓝鲸"},
    {"Which land animal runs fastest?", "陆地上跑得最快的动物是什么？", "cheetah", "猎豹"},
    {"Which is the tallest animal?", "世界上最高的动物是什么？", "giraffe", "长颈鹿"},
    {"What do giant pandas mostly eat?", "大熊猫主要吃什么？", "bamboo", "竹子|竹"},
    {"How many legs has a spider?", "蜘蛛有几条腿？", "8|eight", "八条|八|8条"},
    {"How many hearts has an octopus?", "章鱼有几颗心脏？", "3|three", "三颗|三|3颗|三个|3个"},
    {"Which is the largest organ of the human body?", "人体最大的器官是什么？", "skin", "皮肤"},
    {"How many bones has a grown person?", "成年人有多少块骨头？", "206", "206块|二百零六|二百零六块"},
    {"Which blood cells carry oxygen?", "血液中运输氧气的是哪种细胞？", "red blood cells|red|red cells|erythrocytes",
     "红细胞|红血球"},
    {"What do plants take from the air for photosynthesis?", "植物进行光合作用时从空气中吸收什么？",
     "carbon dioxide|CO2", "二氧化碳"},
    {"At how many degrees Celsius does water boil at sea level?", "在海平面上水在多少摄氏度沸腾？", "100",
     "100度|一百|一百度"},

    // Numbers and computers
    {"Which is the only even prime number?", "唯一的偶质数是多少？", "2|two", "二"},
    {"How many sides has a hexagon?", "六边形有几条边？", "6|six", "六|六条|6条"},
    {"What is 12 times 12?", "12 乘 12 等于多少？", "144", "一百四十四"},
    {"How many degrees has a right angle?", "直角是多少度？", "90", "90度|九十|九十度"},
    {"How many bits has a byte?", "一个字节有多少位？", "8|eight", "八|八位|8位"},
    {"What is 1011 in binary as a decimal number?", "二进制的 1011 是十进制的多少？", "11|eleven", "十一"},
    {"Who wrote the first version of Linux?", "Linux 最早是谁写的？", "Linus Torvalds|Torvalds|Linus",
     "林纳斯·托瓦兹|林纳斯|托瓦兹"},
    {"Who designed C++?", "C++ 是谁设计的？", "Bjarne Stroustrup|Stroustrup|Bjarne",
     "本贾尼·斯特劳斯特卢普|斯特劳斯特卢普|本贾尼"},
    {"Which port does HTTPS use unless told otherwise?", "HTTPS 默认使用哪个端口？", "443", "443端口"},
    {"Which computer pioneer has a test for thinking machines named after him?",
     "判断机器能否思考的测试以哪位计算机先驱命名？", "Alan Turing|Turing", "图灵|艾伦·图灵"},

    // History and culture
    {"In which year did the Second World War end?", "第二次世界大战在哪一年结束？", "1945", "1945年"},
    {"In which year did the Berlin Wall fall?", "柏林墙在哪一年倒塌？", "1989", "1989年"},
    {"Who painted the Mona Lisa?", "《蒙娜丽莎》是谁画的？", "Leonardo da Vinci|Leonardo|da Vinci",
     "达·芬奇|列奥纳多·达·芬奇"},
    {"Who wrote Romeo and Juliet?", "《罗密欧与朱丽叶》是谁写的？", "William Shakespeare|Shakespeare", "莎士比亚"},
    {"Who wrote Dream of the Red Chamber?", "《红楼梦》的主要作者是谁？", "Cao Xueqin", "曹雪芹"},
    {"Which poem is older: the Odyssey or the Aeneid?", "《奥德赛》和《埃涅阿斯纪》哪一部更早？", "Odyssey",
     "奥德赛|《奥德赛》"},
    {"Which Chinese dynasty came right after the Tang and the Five Dynasties?", "唐朝和五代之后是哪个朝代？",
     "Song|Song dynasty", "宋|宋朝|北宋"},
    {"Who was the first emperor of China?", "中国的第一位皇帝是谁？", "Qin Shi Huang|Qin Shihuang|Ying Zheng",
     "秦始皇|嬴政"},
    {"Which paper-making official of the Han dynasty is known for his method?", "东汉时改进造纸术的是谁？", "Cai Lun",
     "蔡伦"},
    {"How many strings has a violin?", "小提琴有几根弦？", "4|four", "四根|四|4根"},
    {"How many squares has a chessboard?", "国际象棋棋盘有多少个格子？", "64", "64个|64格|六十四|六十四个"},
    {"How many players of one football team are on the field?", "足球比赛中一队上场多少人？", "11|eleven",
     "十一人|十一|11人"},
    {"Which animal comes first in the Chinese zodiac?", "十二生肖排在第一位的是什么？", "rat|mouse", "鼠|老鼠|子鼠"},
    {"On which day of which lunar month is the Mid-Autumn Festival?", "中秋节在农历几月十五？",
     "8|eighth|15th day of the 8th month|15 August", "八月|八|8月|八月十五"},
    {"Which city held the Olympic Games of 2008?", "2008 年奥运会在哪座城市举行？", "Beijing|Peking", "北京"},
});
